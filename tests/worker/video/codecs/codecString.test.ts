import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { videoCodecString } from "../../../../worker/video/codecs/codecString";
import { VIDEO_CODECS } from "../../../../worker/video/codecs/videoCodecs";
import { clipDirectory, ffmpeg } from "../../../support/clips";
import { headersOf } from "../../streams";

const MARKS = "range=tv:color_primaries=bt2020:color_trc=smpte2084:colorspace=bt2020nc";
const PICTURE = `testsrc2=s=64x64:r=25:d=0.2,setparams=${MARKS}`;
/** For versions of ffmpeg that ignore how pictures are marked. */
const HDR = ["-color_primaries", "bt2020", "-color_trc", "smpte2084", "-colorspace", "bt2020nc"];
const FRAGMENTED = ["-movflags", "empty_moov+frag_keyframe"];

describe("videoCodecString of HDR, which contains the position of chroma", () => {
  let path: string;
  let remove: () => Promise<void>;
  before(async () => {
    ({ path, remove } = await clipDirectory());
  });
  after(() => remove());

  async function initOf(file: string, encoder: readonly string[]): Promise<Buffer> {
    await ffmpeg("-f", "lavfi", "-i", PICTURE, ...encoder, ...HDR, ...FRAGMENTED, join(path, file));
    const bytes = await readFile(join(path, file));
    return bytes.subarray(0, bytes.indexOf("moof") - 4);
  }

  for (const location of ["unspecified", "left", "topleft"]) {
    it(`has the AV1 stream's position for chroma that is ${location}, as far as the encoder writes it`, async () => {
      const file = `${location}.mp4`;
      const av1 = [
        "-c:v",
        "libsvtav1",
        "-preset",
        "10",
        "-pix_fmt",
        "yuv420p10le",
        "-chroma_sample_location",
        location,
      ];
      const init = await initOf(file, av1);
      const headers = await headersOf(join(path, file));
      const field = (name: string, digits: number): string => String(headers.get(name) ?? "?").padStart(digits, "0");
      const [profile, position] = [field("seq_profile", 1), field("chroma_sample_position", 1)];
      const colours = [
        ...[field("color_primaries", 2), field("transfer_characteristics", 2), field("matrix_coefficients", 2)],
        field("color_range", 1),
      ];
      assert.deepEqual([profile, colours.join(".")], ["0", "09.16.09.0"]);
      assert.match(position, /^[012]$/);
      assert.equal(
        videoCodecString(VIDEO_CODECS.av1, init),
        `av01.${profile}.00M.10.0.11${position}.${colours.join(".")}`,
      );
    });
  }

  it("has the container's position for VP9, whose stream has none", async () => {
    const vp9 = ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-pix_fmt", "yuv420p"];
    const init = await initOf("vp9.mp4", vp9);
    // After version and flags, profile and level.
    const at = init.indexOf("vpcC") + 4 + 4 + 2;
    for (const [chroma, written] of [
      [0, "00"],
      [1, "01"],
    ] as const) {
      init.writeUInt8((8 << 4) | (chroma << 1), at);
      assert.equal(videoCodecString(VIDEO_CODECS.vp9, init), `vp09.00.10.08.${written}.09.16.09.00`);
    }
  });
});
