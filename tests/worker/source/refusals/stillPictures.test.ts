import assert from "node:assert/strict";

import { box, fullBox } from "../../../../worker/fmp4/boxes";
import { assertMovie } from "../../../../worker/source/refusals/stillPictures";

/** A box of the file with items, of which the handler says what they are. */
const items = (handler: string): Buffer => {
  return fullBox("meta", 0, 0, fullBox("hdlr", 0, 0, Buffer.alloc(4), Buffer.from(handler), Buffer.alloc(13)));
};

function judge(...boxes: Buffer[]): Promise<void> {
  const bytes = Buffer.concat(boxes);
  const read = (start: number, length: number) => Promise.resolve(bytes.subarray(start, start + length));
  return assertMovie('"a.heic"', { read, bytes: bytes.length }, bytes);
}

describe("pictures in the boxes of MP4", () => {
  const [beginning, media] = [box("ftyp", Buffer.from("heic")), box("mdat", Buffer.alloc(100))];

  it("are refused without a movie", () =>
    assert.rejects(judge(beginning, items("pict"), media), {
      name: "InputError",
      message: `"a.heic" isn't a video file; MP4, MOV, MKV, WebM, TS, AVI, MXF and the like are accepted.`,
    }));

  it("are accepted beside a movie, in front of it or behind it, or its fragments", async () => {
    await judge(beginning, items("pict"), box("moov"), media);
    await judge(beginning, media, box("moov"), items("pict"));
    await judge(beginning, items("pict"), box("moof"), media);
  });

  it("are no other items of a movie that lacks its index, which is another error", async () => {
    await judge(beginning, items("nrtm"), media);
    await judge(beginning, media);
    await judge(Buffer.from("no boxes"), items("pict"));
  });
});
