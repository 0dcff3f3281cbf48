import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { readMediaTracks } from "../../../../worker/source/mp4/movie";
import { assertWholeIndex } from "../../../../worker/source/refusals/damagedIndex";
import { clipDirectory, makeClip } from "../../../support/clips";
import { FINE } from "../../exactness/check";
import { planOf } from "../../exactness/inProcess";

describe("an MP4 whose index contradicts itself", function () {
  this.timeout(30_000);
  let path: string;
  let remove: () => Promise<void>;
  let good: Buffer;
  before(async () => {
    ({ path, remove } = await clipDirectory());
    // 50 pictures, of which the first and the 26th are keyframes, and 96 frames of sound.
    good = await readFile(await makeClip(join(path, "clip.mp4"), { sound: true }));
  });
  after(() => remove());

  /** Fills a part of a track's table, which is counted in bytes from the first number behind version and flags. */
  function damaged(table: string, from: number, bytes: number, { track = 0, fill = 0 } = {}): Buffer {
    const changed = Buffer.from(good);
    let at = changed.indexOf("trak");
    for (let skipped = 0; skipped < track; skipped++) at = changed.indexOf("trak", at + 4);
    const begin = changed.indexOf(table, at) + 8 + from;
    return changed.fill(fill, begin, begin + bytes);
  }

  async function check(bytes: Buffer): Promise<void> {
    const read = (start: number, length: number) => Promise.resolve(bytes.subarray(start, start + length));
    const tracks = await readMediaTracks({ read, bytes: bytes.length }, bytes.subarray(0, 64));
    assert.equal(tracks.length, 2);
    await assertWholeIndex('"x.mp4"', { read }, tracks);
  }

  const cases: [what: string, bytes: () => Buffer, finding: string][] = [
    [
      "durations of pictures that became zeros",
      () => damaged("stts", 4, 8),
      "its table of durations (stts) covers 0 pictures, and there are 50",
    ],
    [
      "durations with far too many pictures",
      () => damaged("stts", 4, 4, { fill: 0x11 }),
      "its table of durations (stts) covers 286,331,153 pictures, and there are 50",
    ],
    [
      "durations of sound that became zeros",
      () => damaged("stts", 12, 8, { track: 1 }),
      "its table of durations (stts) covers 94 frames of sound, and there are 95",
    ],
    [
      "display times that became zeros",
      () => damaged("ctts", 4, 24),
      "its table of display times (ctts) covers 46 pictures, and there are 50",
    ],
    ["chunks that became zeros", () => damaged("stsc", 4, 12), "its table of chunks (stsc) has an empty entry"],
    ["keyframes that became zeros", () => damaged("stss", 8, 4), "its table of keyframes (stss) has an empty entry"],
    [
      "a keyframe's size that became zero",
      () => damaged("stsz", 8 + 4 * 20, 4 * 10),
      "its table of sizes (stsz) says that picture 26, a keyframe, has no bytes",
    ],
    [
      "sizes of sound that became zeros",
      () => damaged("stsz", 8 + 4 * 20, 4 * 20, { track: 1 }),
      "its table of sizes (stsz) says that frames of sound from 21 on have no bytes",
    ],
  ];
  for (const [what, bytes, finding] of cases) {
    it(`is refused: ${what}`, async () => {
      const message = `"x.mp4" has a damaged index: ${finding}; upload or export it again.`;
      await assert.rejects(check(bytes()), { name: "InputError", message });
    });
  }

  it("isn't one with an empty keyframe behind a whole one, which has the second field if each may have a sample of its own", async () => {
    const withKeyframe = (number: number, empty: number): Buffer => {
      const changed = damaged("stsz", 8 + 4, 4 * empty);
      changed.writeUInt32BE(number, changed.indexOf("stss") + 8 + 8);
      return changed;
    };
    await check(withKeyframe(2, 1));
    await assert.rejects(check(withKeyframe(3, 2)), /says that picture 3, a keyframe, has no bytes;/);
  });

  it("isn't one with empty pictures between keyframes, or without a list of keyframes", async () => {
    await check(good);
    await check(damaged("stsz", 8 + 4 * 30, 4 * 3));
    const keyframesOnly = damaged("stsz", 8 + 4 * 20, 4 * 10);
    keyframesOnly.write("free", keyframesOnly.indexOf("stss"));
    await check(keyframesOnly);
  });

  it("is refused before anything is encoded", async () => {
    await writeFile(join(path, "zeros.mp4"), damaged("stts", 4, 8));
    await assert.rejects(
      planOf(join(path, "zeros.mp4"), join(path, "out"), FINE, 1),
      /^InputError: "zeros\.mp4" has a damaged index/,
    );
  });
});
