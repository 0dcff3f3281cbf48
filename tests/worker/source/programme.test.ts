import assert from "node:assert/strict";
import { join } from "node:path";

import type { Plan } from "../../../contract/plan";
import type { ProbeStream } from "../../../worker/source/ffprobe/output";
import { soundOfProgramme } from "../../../worker/source/programme";
import { clipDirectory } from "../../support/clips";
import { FINE } from "../exactness/check";
import { encode, gop, picture, X264 } from "../exactness/ingredients";
import { planOf } from "../exactness/inProcess";

const stream = (index: number, codec_type: string): ProbeStream => ({ index, codec_type, time_base: "1/90000" });

describe("soundOfProgramme", () => {
  const video = stream(1, "video");
  const streams = [stream(0, "audio"), video, stream(2, "audio"), stream(3, "audio"), stream(4, "video")];
  const cases: [what: string, programmes: number[][] | undefined, expected: number[]][] = [
    ["is all sound of a container without programmes", undefined, [0, 2, 3]],
    ["is all sound if the only programme lists everything", [[0, 1, 2, 3, 4]], [0, 2, 3]],
    [
      "is that of the video's programme",
      [
        [0, 4],
        [1, 2, 3],
      ],
      [2, 3],
    ],
    [
      "leaves out what no programme lists",
      [
        [0, 4],
        [1, 2],
      ],
      [2],
    ],
    ["leaves it out with one programme too", [[1, 2]], [2]],
    [
      "has what several programmes share",
      [
        [4, 3],
        [1, 3],
      ],
      [3],
    ],
    [
      "is that of all programmes with the video, in the file's order",
      [
        [1, 3],
        [0, 1],
        [2, 4],
      ],
      [0, 3],
    ],
    ["is what no programme lists if the video's has none", [[1], [3, 4]], [0, 2]],
    ["is what no programme lists if none lists the video either", [[0], [4, 2]], [3]],
    ["is all if the only programme lists no sound", [[1]], [0, 2, 3]],
    ["is all if the only programme lacks the video", [[0, 2, 3]], [0, 2, 3]],
    ["is nothing if other programmes have it all", [[1], [0, 2, 3, 4]], []],
  ];
  for (const [what, programmes, expected] of cases) {
    it(what, () => {
      const probed = { format: { format_name: "mpegts" }, streams, ...(programmes ? { programmes } : {}) };
      assert.deepEqual(
        soundOfProgramme(probed, video).map(({ index }) => index),
        expected,
      );
    });
  }
});

describe("a transport stream with several programmes", () => {
  let path: string;
  let remove: () => Promise<void>;
  before(async () => ({ path, remove } = await clipDirectory()));
  after(() => remove());

  /** Inputs are a small video, a large one, and the tones 0 to 2 with 1, 2 and 1 channels; streams are named as `-map` does. */
  async function planned(name: string, streams: string[], programmes: string[]): Promise<Plan> {
    const tones = ["mono", "stereo", "mono"].map((layout) => [
      "-f",
      "lavfi",
      "-i",
      `anoisesrc=d=1,aformat=cl=${layout}`,
    ]);
    const source = join(path, `${name}.ts`);
    await encode(
      picture({ seconds: 1 }),
      picture({ seconds: 1, size: "128x96" }),
      tones.flat(),
      ...streams.map((one) => ["-map", one]),
      ...[X264, gop(25), "-c:a", "mp2"],
      ...programmes.map((programme) => ["-program", programme]),
    )(source);
    return planOf(source, join(path, name), FINE);
  }

  it("gives the video the sound of its own programme", async () => {
    const plan = await planned("radio", ["2", "0", "3"], ["title=Radio:st=0", "title=TV:st=1:st=2"]);
    assert.deepEqual(
      plan.audio?.map(({ channels }) => channels),
      [2],
    );
  });

  it("takes the first video, and the sound that belongs to that", async () => {
    const programmes = ["title=One:st=0:st=2", "title=Two:st=1:st=3:st=4"];
    const plan = await planned("two", ["0", "1", "2", "3", "4"], programmes);
    assert.deepEqual([plan.source.width, plan.source.height], [96, 64]);
    assert.deepEqual(
      plan.audio?.map(({ channels }) => channels),
      [1],
    );
  });

  it("has no sound where only other programmes have some", async () => {
    const plan = await planned("silent", ["0", "2", "3"], ["title=TV:st=0", "title=Radio:st=1:st=2"]);
    assert.equal(plan.audio, undefined);
  });
});
