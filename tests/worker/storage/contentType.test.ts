import assert from "node:assert/strict";

import { contentType } from "../../../worker/storage/contentType";

describe("contentType", () => {
  it("returns the types that players expect", () => {
    assert.deepEqual(
      ["master.m3u8", "720p.mp4", "000010000-8afd6755.m4s", "thumbnails.vtt", "poster.jpg", "plan.json"].map(
        contentType,
      ),
      [
        "application/vnd.apple.mpegurl",
        "video/mp4",
        "video/iso.segment",
        "text/vtt; charset=utf-8",
        "image/jpeg",
        "application/json",
      ],
    );
  });
});
