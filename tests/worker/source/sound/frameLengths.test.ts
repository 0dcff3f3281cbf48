import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { clipDirectory, ffmpeg } from "../../../support/clips";
import { lengthReader } from "../../../../worker/source/sound/frameLengths";

describe("the length of a frame of sound", () => {
  let path: string;
  let remove: () => Promise<void>;
  before(async () => ({ path, remove } = await clipDirectory()));
  after(() => remove());

  /** The beginning of what an encoder makes of a tone. */
  async function encoded(rate: number, ...output: string[]): Promise<Buffer> {
    const file = join(path, `${rate}.bin`);
    await ffmpeg("-f", "lavfi", "-i", `sine=440:duration=0.2:sample_rate=${rate}`, "-c:a", "aac", ...output, file);
    return (await readFile(file)).subarray(0, 4096);
  }

  for (const rate of [48_000, 22_050]) {
    it(`is stated in ADTS and LATM: ${rate} Hz`, async () => {
      assert.equal(lengthReader("aac")?.(await encoded(rate, "-f", "adts")), 1024 / rate);
      assert.equal(lengthReader("aac_latm")?.(await encoded(rate, "-f", "latm")), 1024 / rate);
    });
  }

  it("is that of the settings before, where LATM repeats none", () => {
    const read = lengthReader("aac_latm");
    const frame = (bits: string): Buffer => {
      const all = `${"01010110111"}${"0".repeat(13)}${bits}`.padEnd(8 * 16, "0");
      return Buffer.from((all.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
    };
    assert.equal(read?.(frame("1")), undefined);
    // Two frames of AAC with an extension that doubles its 24,000 Hz, each with 960 samples.
    assert.equal(read?.(frame(`00${"1"}000001${"0000000"}${"00101"}${"0110"}0010${"0011"}${"00010"}1`)), 0.08);
    assert.equal(read?.(frame("1")), 0.08);
    assert.equal(read?.(frame("01")), undefined);
  });

  it("is that of the header in other codecs, and unknown without one", () => {
    assert.equal(lengthReader("mp2")?.(Buffer.from([0xff, 0xfd, 0x84, 0])), 1152 / 48_000);
    assert.equal(lengthReader("vorbis"), undefined);
    for (const codec of ["aac", "aac_latm", "ac3"]) assert.equal(lengthReader(codec)?.(Buffer.alloc(16)), undefined);
  });
});
