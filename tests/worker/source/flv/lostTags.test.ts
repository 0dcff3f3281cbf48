import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { findLostTags } from "../../../../worker/source/flv/lostTags";
import { clipDirectory, ffmpeg } from "../../../support/clips";
import { FINE } from "../../exactness/check";
import { planOf } from "../../exactness/inProcess";

describe("an FLV that lacks a piece", function () {
  this.timeout(30_000);
  let path: string;
  let remove: () => Promise<void>;
  let whole: Buffer;
  before(async () => {
    ({ path, remove } = await clipDirectory());
    const file = join(path, "whole.flv");
    // So few bytes a second that pictures and sound jump together, as where another recording begins.
    const pictures = ["-f", "lavfi", "-i", "color=gray:s=192x128:r=25:d=6", "-c:v", "libx264", "-preset", "ultrafast"];
    const tone = ["-f", "lavfi", "-i", "sine=d=6", "-c:a", "aac", "-b:a", "32k"];
    await ffmpeg(
      ...pictures.slice(0, 4),
      ...tone.slice(0, 4),
      ...pictures.slice(4),
      ...tone.slice(4),
      "-g",
      "25",
      file,
    );
    whole = await readFile(file);
  });
  after(() => remove());

  for (const share of [0.2, 0.4, 0.8]) {
    it(`is damaged there, and no second recording begins, at ${100 * share} %`, async () => {
      const at = Math.floor(whole.length * share);
      const file = join(path, `${share}.flv`);
      await writeFile(file, Buffer.concat([whole.subarray(0, at), whole.subarray(at + 5000)]));
      const { damage = [] } = await planOf(file, `${file} out`, FINE, 1);
      const seconds = (6 * 5000) / whole.length;
      for (const what of ["the file has a hole", "the file has a hole in its sound"]) {
        const total = damage
          .filter((one) => one.what === what || one.what.startsWith(`${what},`))
          .reduce((sum, { fromSeconds, toSeconds }) => sum + toSeconds - fromSeconds, 0);
        assert.ok(Math.abs(total - seconds) < 0.35, `${what}: ${total} of ${seconds} s`);
      }
    });
  }

  const tag = (bytes: number, repeated = bytes + 11): Buffer => {
    const made = Buffer.alloc(11 + bytes + 4);
    made[0] = 9;
    made.writeUIntBE(bytes, 1, 3);
    made.writeUInt32BE(repeated, 11 + bytes);
    return made;
  };
  const isLost = async (...parts: Buffer[]): Promise<boolean> => {
    const bytes = Buffer.concat(parts);
    const read = (start: number, length: number) => Promise.resolve(bytes.subarray(start, start + length));
    return (await findLostTags(read, [{ before: 0, after: bytes.length }])).length > 0;
  };

  for (const [what, parts, expected] of [
    ["tags that follow each other lack nothing", [tag(20), tag(0)], false],
    ["a tag with another length behind it isn't whole", [tag(20), tag(30, 40), tag(20)], true],
    ["nor is one that reaches into the next", [tag(20), tag(30).subarray(0, 25)], true],
    ["nor is one of which only a part of the header is there", [tag(20), Buffer.alloc(5)], true],
    ["another file lacks nothing", [tag(20), Buffer.from("FLV\x01\x05\0\0\0\x09\0\0\0\0"), tag(20)], false],
  ] as const) {
    it(what, async () => assert.equal(await isLost(...parts), expected));
  }

  it("is not looked for where the demuxer names no place", async () => {
    const read = (): Promise<Buffer> => assert.fail("read");
    assert.deepEqual(await findLostTags(read, [{ before: NaN, after: 100 }]), []);
  });
});
