import assert from "node:assert/strict";

import { box, fullBox, uint32 } from "../../../../worker/fmp4/boxes";
import type { MediaTrack } from "../../../../worker/source/mp4/movie";
import { assertOwnMedia, assertOwnPictures } from "../../../../worker/source/refusals/referenceMovie";

type Judge = typeof assertOwnMedia;

const OWN = 1;
const LOCATION = Buffer.from("file:///media/sound.mov\0");

/** Judges a movie of one track by its reference. */
function judge(assertOwn: Judge, what: MediaTrack["what"], flags: number, location = Buffer.alloc(0)): Promise<void> {
  const references = fullBox("dref", 0, 0, uint32(1), fullBox("url ", 0, flags, location), fullBox("url ", 0, OWN));
  const bytes = box("trak", box("mdia", box("minf", box("dinf", references))));
  const track = { box: { type: "trak", at: 0, body: 8, end: bytes.length }, what } as unknown as MediaTrack;
  return assertOwn('"a.mov"', (start, length) => Promise.resolve(bytes.subarray(start, start + length)), [track]);
}

const refused = (which: string) => ({
  name: "InputError",
  message: `"a.mov" is a reference movie: its ${which} in another file; export it as a self-contained movie.`,
});

describe("a reference movie", () => {
  it("is refused if it names another file", async () => {
    await assert.rejects(judge(assertOwnMedia, "sound", 0, LOCATION), refused("sound is"));
    await assert.rejects(judge(assertOwnMedia, "pictures", 0, LOCATION), refused("pictures are"));
  });

  it("isn't one if the media are in the file itself, or nothing says where", async () => {
    await judge(assertOwnMedia, "sound", OWN, LOCATION);
    await judge(assertOwnMedia, "sound", 0);
    await judge(assertOwnMedia, "sound", 0, Buffer.alloc(4));
  });

  it("that names no file is refused if no picture of it was read", async () => {
    await assert.rejects(judge(assertOwnPictures, "pictures", 0), refused("pictures are"));
    await judge(assertOwnPictures, "pictures", OWN);
    await judge(assertOwnPictures, "sound", 0);
  });
});
