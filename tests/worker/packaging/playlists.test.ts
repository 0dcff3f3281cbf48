import assert from "node:assert/strict";

import fc from "fast-check";

import type { PlanSource } from "../../../components/workflow/plan";
import { bandwidth } from "../../../worker/packaging/bandwidth";
import { masterPlaylist } from "../../../worker/packaging/master";
import { listed, mediaPlaylist, plannedTarget, targetDuration } from "../../../worker/packaging/playlist";

const source: PlanSource = {
  uri: "file:///clip.mp4",
  bytes: 1,
  etag: "1",
  timeBase: [1, 1000],
  videoStream: 0,
  durationSeconds: 1,
  frames: 25,
  frameRate: [25, 1],
  width: 160,
  height: 90,
};

const segment = (name: string, duration: number, bytes: number) => ({ name, duration, bytes, fragments: [] });

describe("mediaPlaylist", () => {
  it("lists the segments of a VOD", () => {
    const segments = [segment("1-00000-00000.m4s", 180_180, 1), segment("2-00000-00000.m4s", 90_090, 1)];
    assert.equal(
      mediaPlaylist(listed({ segments, timescale: 30_000 })),
      `#EXTM3U
#EXT-X-VERSION:7
#EXT-X-TARGETDURATION:6
#EXT-X-MEDIA-SEQUENCE:0
#EXT-X-PLAYLIST-TYPE:VOD
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-MAP:URI="init.mp4"
#EXTINF:6.006000,
1-00000-00000.m4s
#EXTINF:3.003000,
2-00000-00000.m4s
#EXT-X-ENDLIST
`,
    );
  });

  it("has a whole target duration of at least 1", () => {
    assert.deepEqual([targetDuration([0.04]), targetDuration([6.4]), targetDuration([2, 6.5])], [1, 6, 7]);
  });

  it("keeps the target duration that was promised before any segment was there", () => {
    const target = (segmentSeconds: number, frameRate: [number, number]): number =>
      plannedTarget({ segmentSeconds, source: { ...source, frameRate } });
    assert.deepEqual([target(6, [25, 1]), target(0.2, [25, 1]), target(6, [1, 1])], [6, 1, 7]);
    const segments = [segment("1-00000-00000.m4s", 3, 1)];
    assert.match(mediaPlaylist(listed({ segments, timescale: 1 }), 6), /^#EXT-X-TARGETDURATION:6$/m);
  });
});

describe("masterPlaylist", () => {
  const variant = {
    name: "720p",
    width: 1280,
    height: 720,
    frameRate: [30_000, 1001] as const,
    codec: "avc1.64001f",
    bandwidth: { peak: 3_000_000, average: 2_000_000 },
  };

  it("adds the sound to each rendition", () => {
    const audio = { bitrateKbps: 128, channels: 2, codec: "mp4a.40.2", bandwidth: { peak: 130_000, average: 128_000 } };
    assert.equal(
      masterPlaylist([variant], audio),
      `#EXTM3U
#EXT-X-VERSION:7
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="Main",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="audio/playlist.m3u8"
#EXT-X-STREAM-INF:BANDWIDTH=3130000,AVERAGE-BANDWIDTH=2128000,CODECS="avc1.64001f,mp4a.40.2",RESOLUTION=1280x720,FRAME-RATE=29.970,AUDIO="audio"
720p/playlist.m3u8
`,
    );
  });

  it("lists the keyframes of each rendition behind the renditions", () => {
    const iframeBandwidth = { peak: 300_000, average: 200_000 };
    const text = masterPlaylist([{ ...variant, iframeBandwidth }], undefined);
    assert.equal(
      text.slice(text.indexOf("720p/playlist.m3u8")),
      `720p/playlist.m3u8
#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=300000,AVERAGE-BANDWIDTH=200000,CODECS="avc1.64001f",RESOLUTION=1280x720,URI="720p/iframes.m3u8"
`,
    );
  });

  it("has no audio group without sound", () => {
    assert.equal(
      masterPlaylist([variant], undefined),
      `#EXTM3U
#EXT-X-VERSION:7
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-STREAM-INF:BANDWIDTH=3000000,AVERAGE-BANDWIDTH=2000000,CODECS="avc1.64001f",RESOLUTION=1280x720,FRAME-RATE=29.970
720p/playlist.m3u8
`,
    );
  });
});

describe("bandwidth", () => {
  it("does not take a very short segment for a peak", () => {
    const segments = [segment("a", 6, 6000), segment("b", 6, 12_000), segment("c", 0.1, 100_000)];
    // 8 bits per byte: over b and c together, (12,000 + 100,000) × 8 / 6.1.
    assert.deepEqual(bandwidth({ segments, timescale: 1 }), { peak: 146_886, average: 78_017 });
  });

  it("never has a peak below the average", () => {
    const segments = fc.array(
      fc.record({ duration: fc.integer({ min: 1, max: 6000 }), bytes: fc.integer({ min: 1, max: 1e7 }) }),
      { minLength: 1, maxLength: 50 },
    );
    fc.assert(
      fc.property(segments, (all) => {
        const named = all.map(({ duration, bytes }) => segment("x", duration, bytes));
        const { peak, average } = bandwidth({ segments: named, timescale: 1000 });
        assert.ok(peak >= average && Number.isFinite(peak));
      }),
    );
  });
});
