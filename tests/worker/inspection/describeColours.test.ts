import assert from "node:assert/strict";

import type { ColourChange, SourceColour } from "../../../contract/plan";
import { describeColours } from "../../../worker/inspection/describeColours";
import type { FrameScan } from "../../../worker/source/frames/scanFrames";
import type { MediaInput } from "../../../worker/ffmpeg/input";

const BT601: SourceColour = {
  ...{ bitDepth: 8, matrix: "smpte170m", primaries: "smpte170m" },
  ...{ transfer: "bt709", fullRange: false },
};
const video = { index: 0, time_base: "1/1000", color_space: "smpte170m", width: 720, height: 480 };
const scan = { keyframes: [0, 1000, 2000, 3000], end: 4000 } as unknown as FrameScan;

const described = (colours?: ColourChange[]) => describeColours({} as MediaInput, video, scan, colours, '"a.ts"');

describe("describeColours", () => {
  it("takes the coding of most of the video for that of all where only one is asked for", async () => {
    const changes = [{ from: 0 }, { from: 1000, colour: BT601 }];
    assert.deepEqual(await described(changes), { colour: BT601, colours: changes });
    const rare = [{ from: 0 }, { from: 3000, colour: BT601 }];
    assert.deepEqual(await described(rare), { colours: rare });
  });

  it("takes that of the stream where it doesn't change", async () => {
    assert.deepEqual(await described(), { colour: { ...BT601, primaries: "bt709" } });
  });

  it("refuses a coding among several that can't be converted", async () => {
    await assert.rejects(described([{ from: 0 }, { from: 1000, colour: { ...BT601, matrix: "smpte2085" } }]), {
      name: "InputError",
      message:
        '"a.ts" uses the colour matrix smpte2085, which ffmpeg can\'t convert; if this tag is wrong, correct it, and otherwise encode the video with another matrix.',
    });
  });

  it("refuses a change where no chunk can begin", async () => {
    await assert.rejects(described([{ from: 0 }, { from: 1500, colour: BT601 }]), {
      name: "InputError",
      message:
        '"a.ts" changes the coding of its colours where its timestamps don\'t rise, and each coding has to begin with a keyframe of its own time; encode it with one coding first.',
    });
  });
});
