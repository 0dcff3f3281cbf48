import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { clipDirectory, ffmpeg } from "../../../support/clips";
import { FRAME_HEADERS } from "../../../../worker/source/sound/frameHeaders";

describe("the header of a frame of sound", () => {
  const read = (codec: string, bytes: Buffer) => FRAME_HEADERS[codec]?.read(bytes);

  it("states the rate that an encoder was given, and the samples", async () => {
    const { path, remove } = await clipDirectory();
    try {
      for (const [codec, encoder, rate, samples] of [
        ["ac3", "ac3", 32_000, 1536],
        ["eac3", "eac3", 44_100, 1536],
        ["dts", "dca", 48_000, 512],
        ["mp2", "mp2", 44_100, 1152],
        ["mp2", "mp2", 24_000, 1152],
        ["mp3", "libmp3lame", 48_000, 1152],
        ["mp3", "libmp3lame", 22_050, 576],
        ["mp3", "libmp3lame", 8000, 576],
      ] as const) {
        const file = join(path, `${rate}.${codec}`);
        const bare = ["-write_xing", "0", "-id3v2_version", "0"];
        const options = codec === "mp3" ? bare : [];
        const tone = ["-f", "lavfi", "-i", `sine=440:duration=0.2:sample_rate=${rate}`];
        await ffmpeg(...tone, "-c:a", encoder, "-strict", "-2", ...options, file);
        assert.deepEqual(read(codec, await readFile(file).then((bytes) => bytes.subarray(0, 128))), { rate, samples });
      }
    } finally {
      await remove();
    }
  });

  /** Of AC-3 without contents. */
  const ac3 = (fourth: number, version: number): Buffer =>
    Buffer.from([0x0b, 0x77, 0, 0, fourth, version << 3, 0, 0, 0, 0, 0, 0]);
  /** Of E-AC-3, with its kind and the number of its stream, in the least number of bytes. */
  const eac3 = (kind: number, stream: number, codes: number): Buffer =>
    Buffer.from([0x0b, 0x77, (kind << 6) | (stream << 3), 5, codes << 4, 16 << 3, 0, 0, 0, 0, 0, 0]);

  it("halves the rate of AC-3 by its version", () => {
    assert.deepEqual(read("ac3", ac3(0, 9)), { rate: 24_000, samples: 1536 });
    assert.deepEqual(read("ac3", ac3(0x40, 10)), { rate: 11_025, samples: 1536 });
  });

  it("adds the blocks of E-AC-3, without those of further channels and programmes", () => {
    const packet = Buffer.concat([eac3(0, 0, 0b0010), eac3(1, 0, 0b0010), eac3(0, 1, 0b0010), eac3(0, 0, 0b0010)]);
    assert.deepEqual(read("eac3", packet), { rate: 48_000, samples: 2 * 3 * 256 });
    assert.deepEqual(read("eac3", eac3(0, 0, 0b1101)), { rate: 22_050, samples: 1536 });
  });

  it("is none where other bytes are, or what is reserved", () => {
    for (const codec of Object.keys(FRAME_HEADERS)) {
      assert.equal(read(codec, Buffer.alloc(16)), undefined);
      assert.equal(read(codec, Buffer.alloc(2, 0xff)), undefined);
    }
    assert.equal(read("ac3", ac3(0xc0, 8)), undefined);
    assert.equal(read("eac3", eac3(0, 0, 0b1111)), undefined);
    assert.equal(read("mp3", Buffer.from([0xff, 0xeb, 0, 0])), undefined);
    assert.equal(read("mp3", Buffer.from([0xff, 0xfb, 0x0c, 0])), undefined);
  });
});
