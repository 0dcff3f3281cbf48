import assert from "node:assert/strict";

import { pathOf } from "../../../../worker/ffmpeg/program";
import { remedy } from "../../../../worker/ffmpeg/remedy";
import type { Probe } from "../../../../worker/source/ffprobe/output";
import { assertReadableMedia } from "../../../../worker/source/refusals/unreadMedia";
import { element } from "../matroska/element";

const reading = (bytes: Buffer) => (start: number, length: number) =>
  Promise.resolve(bytes.subarray(start, start + length));

function judgeMatroska(kind: number, ...compression: Buffer[]): Promise<void> {
  const encodings = element(0x6d80, element(0x6240, element(0x5034, ...compression)));
  const track = element(0xae, element(0x83, kind), encodings);
  const bytes = Buffer.concat([element(0x1a45dfa3), element(0x18538067, element(0x1654ae6b, track))]);
  const probed = { format: { format_name: "matroska,webm" }, streams: [] } as unknown as Probe;
  return assertReadableMedia('"a.mkv"', probed, reading(bytes), []);
}

describe("a video of which no picture was read", () => {
  for (const [algorithm, number] of [
    ["zlib", 0],
    ["bzlib", 1],
    ["LZO", 2],
  ] as const) {
    it(`is refused for its compression with ${algorithm}`, () =>
      assert.rejects(judgeMatroska(1, element(0x4254, number)), {
        name: "InputError",
        message: `"a.mkv" has pictures that are compressed with ${algorithm}, and ${pathOf("ffprobe")} can't decompress them: write it again with \`mkvmerge --compression -1:none\`, or ${remedy("undecodable", "ffprobe")}`,
      }));
  }

  it("isn't refused for headers that are left out, nor for compressed text", async () => {
    await judgeMatroska(1, element(0x4254, 3));
    await judgeMatroska(17, element(0x4254, 0));
  });
});
