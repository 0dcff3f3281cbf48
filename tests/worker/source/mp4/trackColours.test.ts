import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { box } from "../../../../worker/fmp4/boxes";
import type { ProbeStream } from "../../../../worker/source/ffprobe/output";
import { readMediaTracks } from "../../../../worker/source/mp4/movie";
import { withTrackColours } from "../../../../worker/source/mp4/trackColours";
import { clipDirectory, makeClip } from "../../../support/clips";
import { needing } from "../../../support/ffmpegNeeds";
import { planOf } from "../../exactness/inProcess";
import { LADDER } from "../../workerProcess";
import { entry, movie } from "./smallMovie";

const PRORES: ProbeStream = {
  ...{ index: 0, id: "0x1", time_base: "1/25", codec_type: "video", codec_name: "prores", width: 640, height: 360 },
};

const NONE = [undefined, undefined, undefined];

function colours(kind: string, ...numbers: number[]): Buffer {
  const fields = Buffer.alloc(6);
  numbers.forEach((number, index) => fields.writeUInt16BE(number, 2 * index));
  return box("colr", Buffer.from(kind), fields);
}

async function stated(stream: ProbeStream, ...boxes: Buffer[]): Promise<(string | undefined)[]> {
  const { head, ...file } = movie([{ entries: [entry("apch", "vide", ...boxes)] }]);
  const found = await withTrackColours(stream, file.read, await readMediaTracks(file, head));
  return [found.color_primaries, found.color_transfer, found.color_space];
}

describe("withTrackColours", () => {
  it("takes what the track states of ProRes, in the boxes of QuickTime and of MP4", async () => {
    assert.deepEqual(await stated(PRORES, colours("nclc", 9, 16, 9)), ["bt2020", "smpte2084", "bt2020nc"]);
    assert.deepEqual(await stated(PRORES, colours("nclx", 12, 1, 6)), ["smpte432", "bt709", "smpte170m"]);
  });

  it("takes nothing where the track states none, or numbers without a meaning", async () => {
    assert.deepEqual(await stated(PRORES), NONE);
    assert.deepEqual(await stated(PRORES, colours("nclc", 2, 2, 2)), NONE);
    assert.deepEqual(await stated(PRORES, colours("prof", 9, 16, 9)), NONE);
  });

  it("leaves what the pictures state, and other codecs", async () => {
    const hlg = { ...PRORES, color_transfer: "arib-std-b67" };
    assert.deepEqual(await stated(hlg, colours("nclc", 9, 16, 9)), [undefined, "arib-std-b67", undefined]);
    assert.deepEqual(await stated({ ...PRORES, codec_name: "h264" }, colours("nclc", 9, 16, 9)), NONE);
  });

  needing("ffmpeg filter zscale").it("makes HDR of ProRes whose pictures don't state that it is", async () => {
    const { path, remove } = await clipDirectory();
    try {
      const marks = ["-color_primaries", "bt2020", "-color_trc", "smpte2084", "-colorspace", "bt2020nc"];
      const video = ["-c:v", "prores_ks", "-pix_fmt", "yuv422p10le", ...marks];
      const filter = "setparams=color_primaries=bt2020:color_trc=smpte2084:colorspace=bt2020nc";
      const file = await makeClip(join(path, "hdr.mov"), { width: 64, height: 48, seconds: 0.12, video, filter });
      const bytes = await readFile(file);
      const UNSPECIFIED = 2;
      for (let at = bytes.indexOf("icpf"); at > 0; at = bytes.indexOf("icpf", at + 1)) {
        bytes.fill(UNSPECIFIED, at + 18, at + 21);
      }
      await writeFile(file, bytes);
      const { colour } = (await planOf(file, `${file} out`, LADDER)).source;
      assert.deepEqual([colour?.primaries, colour?.transfer, colour?.matrix], ["bt2020", "smpte2084", "bt2020nc"]);
    } finally {
      await remove();
    }
  });
});
