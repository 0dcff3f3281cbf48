import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { findOtherTracks } from "../../../../worker/source/matroska/otherTracks";
import { clipDirectory, ffmpeg, makeClip } from "../../../support/clips";
import { FINE } from "../../exactness/check";
import { planOf } from "../../exactness/inProcess";

describe("Matroska files that are written one after the other", () => {
  let path: string;
  let remove: () => Promise<void>;
  let first: Buffer;
  let same: Buffer;
  let mono: Buffer;
  before(async () => {
    ({ path, remove } = await clipDirectory());
    const clip = await makeClip(join(path, "clip.mp4"), { seconds: 1, sound: true });
    const make = async (name: string, ...options: string[]): Promise<Buffer> => {
      await ffmpeg("-i", clip, "-c", "copy", ...options, join(path, name));
      return readFile(join(path, name));
    };
    const later = ["-output_ts_offset", "1.1"];
    first = await make("first.mkv");
    same = await make("same.mkv", ...later);
    mono = await make("mono.mkv", ...later, "-c:a", "aac", "-ar", "22050");
  });
  after(() => remove());

  const find = (...files: Buffer[]): Promise<number | undefined> => {
    const bytes = Buffer.concat(files);
    return findOtherTracks((start, length) => Promise.resolve(bytes.subarray(start, start + length)));
  };

  it("go on with the same tracks, whatever their numbers", async () => {
    assert.equal(await find(first), undefined);
    assert.equal(await find(first, same, same), undefined);
  });

  it("have others from where a track is described otherwise", async () => {
    assert.equal(await find(first, same, mono), first.length + same.length);
  });

  it("are refused then, because everything would be decoded as the first says", async () => {
    await writeFile(join(path, "other.mkv"), Buffer.concat([first, mono]));
    const place = `after ${(first.length / 1e6).toLocaleString("en-US", { maximumFractionDigits: 1 })} MB`;
    await assert.rejects(planOf(join(path, "other.mkv"), join(path, "other"), FINE), {
      name: "InputError",
      message: `"other.mkv" holds more than one recording: ${place} another file begins whose tracks aren't encoded as those of the first; convert its parts to the same codecs and join them again.`,
    });
  });
});
