import assert from "node:assert/strict";

import { iframePlaylist } from "../../../worker/publish/hls/iframes";
import { SegmentTable } from "../../../worker/publish/tracks/segmentTable";

describe("iframePlaylist", () => {
  it("gives each keyframe with what describes it, until the next", () => {
    const gop = (offset: number, ...sizes: number[]) => ({
      ...{ offset, dataOffset: offset + 100, sizes, duration: sizes.length * 500 },
      durations: [[sizes.length, 400]] as [number, number][],
      compositions: [],
    });
    const segments = new SegmentTable("8afd6755");
    segments.add({
      name: "000010000-8afd6755.m4s",
      time: 10_000,
      bytes: 0,
      duration: 3000,
      fragments: [gop(28, 900, 10, 10), gop(1048, 800, 20, 30)],
    });
    segments.add({ name: "000013000-8afd6755.m4s", time: 13_000, bytes: 0, duration: 500, fragments: [gop(28, 700)] });
    assert.equal(
      iframePlaylist({ initName: "init.mp4", keyframes: [...segments.keyframes()], timescale: 1000 }),
      `#EXTM3U
#EXT-X-VERSION:7
#EXT-X-TARGETDURATION:2
#EXT-X-MEDIA-SEQUENCE:0
#EXT-X-PLAYLIST-TYPE:VOD
#EXT-X-I-FRAMES-ONLY
#EXT-X-MAP:URI="init.mp4"
#EXTINF:1.500000,
#EXT-X-BYTERANGE:1000@28
000010000-8afd6755.m4s
#EXTINF:1.500000,
#EXT-X-BYTERANGE:900@1048
000010000-8afd6755.m4s
#EXTINF:0.500000,
#EXT-X-BYTERANGE:800@28
000013000-8afd6755.m4s
#EXT-X-ENDLIST
`,
    );
  });
});
