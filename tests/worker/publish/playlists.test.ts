import assert from "node:assert/strict";

import fc from "fast-check";

import type { PlanSource } from "../../../contract/plan";
import { bandwidth } from "../../../worker/publish/hls/bandwidth";
import type { AudioRendition } from "../../../worker/publish/hls/audioGroup";
import { audioGroup } from "../../../worker/publish/hls/audioGroup";
import { masterPlaylist } from "../../../worker/publish/hls/master";
import { listSegments, mediaPlaylist, plannedTarget, targetDuration } from "../../../worker/publish/hls/playlist";

const source: PlanSource = {
  uri: "file:///clip.mp4",
  bytes: 1,
  etag: "1",
  timeBase: [1, 1000],
  videoStream: 0,
  audioStreams: [],
  durationSeconds: 1,
  frames: 25,
  frameRate: [25, 1],
  width: 160,
  height: 90,
};

const INIT = "init.mp4";
const segment = (name: string, duration: number, bytes: number) => ({
  name,
  time: 10_000,
  duration,
  bytes,
  fragments: [],
});

describe("mediaPlaylist", () => {
  it("lists the segments of a VOD", () => {
    const segments = [segment("000010000-8afd6755.m4s", 180_180, 1), segment("000190180-8afd6755.m4s", 90_090, 1)];
    assert.equal(
      mediaPlaylist(INIT, listSegments({ segments, timescale: 30_000 })),
      `#EXTM3U
#EXT-X-VERSION:7
#EXT-X-TARGETDURATION:6
#EXT-X-MEDIA-SEQUENCE:0
#EXT-X-PLAYLIST-TYPE:VOD
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-MAP:URI="init.mp4"
#EXTINF:6.006000,
000010000-8afd6755.m4s
#EXTINF:3.003000,
000190180-8afd6755.m4s
#EXT-X-ENDLIST
`,
    );
  });

  it("has a whole target duration of at least 1", () => {
    assert.deepEqual([targetDuration([0.04]), targetDuration([6.4]), targetDuration([2, 6.5])], [1, 6, 7]);
  });

  it("keeps the target duration that was promised before any segment was there", () => {
    const target = (segmentSeconds: number, frameRate: [number, number]): number =>
      plannedTarget({ segmentSeconds, source: { ...source, frameRate }, boundaries: [0, 1000] });
    assert.deepEqual([target(6, [25, 1]), target(0.2, [25, 1]), target(6, [1, 1])], [6, 1, 7]);
    const [numerator, denominator] = source.timeBase;
    const ticks = (seconds: number): number => (seconds * denominator) / numerator;
    const held = (boundaries: number[], pictures: [number, number]): number =>
      plannedTarget({
        segmentSeconds: 6,
        source,
        boundaries: boundaries.map(ticks),
        pictures: [ticks(pictures[0]), ticks(pictures[1])],
      });
    assert.deepEqual([held([0, 4, 100], [0, 10]), held([1, 4, 10], [4, 9])], [96, 9]);
    const segments = [segment("000010000-8afd6755.m4s", 3, 1)];
    assert.match(mediaPlaylist(INIT, listSegments({ segments, timescale: 1 }), 6), /^#EXT-X-TARGETDURATION:6$/m);
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

  const bandwidth = { peak: 130_000, average: 128_000 };
  const track = { name: "audio", label: "Main", channels: 2, codec: "mp4a.40.2", bandwidth };

  it("adds the sound to each rendition", () => {
    assert.equal(
      masterPlaylist([variant], [audioGroup([track])]),
      `#EXTM3U
#EXT-X-VERSION:7
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="Main",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="audio/playlist.m3u8"
#EXT-X-STREAM-INF:BANDWIDTH=3130000,AVERAGE-BANDWIDTH=2128000,CODECS="avc1.64001f,mp4a.40.2",RESOLUTION=1280x720,FRAME-RATE=29.970,VIDEO-RANGE=SDR,AUDIO="audio",CLOSED-CAPTIONS=NONE
720p/playlist.m3u8
`,
    );
  });

  it("offers every audio track, and marks those that players may select by themselves", () => {
    const tracks: AudioRendition[] = [
      { ...track, label: "English", language: "eng" },
      {
        ...track,
        name: "audio-2",
        label: "Deutsch",
        language: "ger",
        channels: 6,
        bandwidth: { peak: 390_000, average: 1 },
      },
      { ...track, name: "audio-3", label: "Director", language: "eng", purpose: "commentary" },
      { ...track, name: "audio-4", label: "English (audio description)", language: "eng", purpose: "description" },
      { ...track, name: "audio-5", label: "English 2", language: "eng" },
      { ...track, name: "audio-6", label: "Track 6" },
    ];
    const text = masterPlaylist([variant], [audioGroup(tracks)]);
    assert.deepEqual(
      text.split("\n").filter((line) => line.startsWith("#EXT-X-MEDIA:")),
      [
        'NAME="English",LANGUAGE="en",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="audio/playlist.m3u8"',
        'NAME="Deutsch",LANGUAGE="de",DEFAULT=NO,AUTOSELECT=YES,CHANNELS="6",URI="audio-2/playlist.m3u8"',
        'NAME="Director",LANGUAGE="en",DEFAULT=NO,AUTOSELECT=NO,CHANNELS="2",URI="audio-3/playlist.m3u8"',
        'NAME="English (audio description)",LANGUAGE="en",DEFAULT=NO,AUTOSELECT=YES,' +
          'CHARACTERISTICS="public.accessibility.describes-video",CHANNELS="2",URI="audio-4/playlist.m3u8"',
        'NAME="English 2",LANGUAGE="en",DEFAULT=NO,AUTOSELECT=NO,CHANNELS="2",URI="audio-5/playlist.m3u8"',
        'NAME="Track 6",DEFAULT=NO,AUTOSELECT=NO,CHANNELS="2",URI="audio-6/playlist.m3u8"',
      ].map((attributes) => `#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",${attributes}`),
    );
    assert.match(text, /BANDWIDTH=3390000,AVERAGE-BANDWIDTH=2128000,CODECS="avc1.64001f,mp4a.40.2"/);
  });

  it("lists the keyframes of each rendition behind the renditions", () => {
    const iframeBandwidth = { peak: 300_000, average: 200_000 };
    const text = masterPlaylist([{ ...variant, iframeBandwidth }], []);
    assert.equal(
      text.slice(text.indexOf("720p/playlist.m3u8")),
      `720p/playlist.m3u8
#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=300000,AVERAGE-BANDWIDTH=200000,CODECS="avc1.64001f",RESOLUTION=1280x720,VIDEO-RANGE=SDR,URI="720p/iframes.m3u8"
`,
    );
  });

  it("has no audio group without sound", () => {
    assert.equal(
      masterPlaylist([variant], []),
      `#EXTM3U
#EXT-X-VERSION:7
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-STREAM-INF:BANDWIDTH=3000000,AVERAGE-BANDWIDTH=2000000,CODECS="avc1.64001f",RESOLUTION=1280x720,FRAME-RATE=29.970,VIDEO-RANGE=SDR,CLOSED-CAPTIONS=NONE
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
