import assert from "node:assert/strict";

import { dashManifest } from "../../../worker/publish/dash/mpd";
import { videoSets } from "../../../worker/publish/dash/videoSets";
import { masterPlaylist } from "../../../worker/publish/hls/master";
import { ENCODED_BY } from "./early/unfinished";

interface Stream {
  name: string;
  codec: string;
  range: "SDR" | "PQ" | "HLG";
  bitDepth: 8 | 10;
  peak: number;
}

const STREAMS: Stream[] = [
  { name: "hdr", codec: "hvc1.2.4.L120.90", range: "PQ", bitDepth: 10, peak: 9 },
  { name: "av1", codec: "av01.0.08M.08", range: "SDR", bitDepth: 8, peak: 4 },
  { name: "1080p", codec: "avc1.640028", range: "SDR", bitDepth: 8, peak: 6 },
  { name: "hevc-10", codec: "hvc1.2.4.L120.90", range: "SDR", bitDepth: 10, peak: 5 },
  { name: "hevc", codec: "hvc1.1.6.L120.90", range: "SDR", bitDepth: 8, peak: 3 },
  { name: "480p", codec: "avc1.64001f", range: "SDR", bitDepth: 8, peak: 2 },
  { name: "hlg", codec: "vp09.02.40.10.00.09.18.09.00", range: "HLG", bitDepth: 10, peak: 1 },
];
const SIZE = { width: 1920, height: 1080 };

describe("renditions of several codecs and ranges", () => {
  it("are together in the master playlist where players can switch, what most can play first", () => {
    const text = masterPlaylist(
      STREAMS.map(({ peak, ...stream }) => {
        const bandwidth = { peak: peak * 1e6, average: peak * 1e6 };
        return { ...stream, ...SIZE, frameRate: [25, 1] as const, bandwidth, iframeBandwidth: bandwidth };
      }),
      [],
    );
    const order = ["480p", "1080p", "hevc", "hevc-10", "av1", "hdr", "hlg"];
    const listed = [
      ...text.matchAll(/^#EXT-X-STREAM-INF:.*VIDEO-RANGE=(\w+),CLOSED-CAPTIONS=NONE\n(.+)\/playlist.m3u8$/gm),
    ];
    assert.deepEqual(
      listed.map(([, , name]) => name),
      order,
    );
    assert.deepEqual(
      listed.map(([, range]) => range),
      ["SDR", "SDR", "SDR", "SDR", "SDR", "PQ", "HLG"],
    );
    const keyframes = [...text.matchAll(/^#EXT-X-I-FRAME-STREAM-INF:.*VIDEO-RANGE=(\w+),URI="(.+)\/iframes.m3u8"$/gm)];
    assert.deepEqual(
      keyframes.map(([, range, name]) => [range, name]),
      listed.map(([, range, name]) => [range, name]),
    );
  });

  it("have an adaptation set for each kind in DASH, whose colours are essential where they aren't SDR", () => {
    const file = { path: "", bytes: 1 };
    const videos = STREAMS.map(({ peak, ...stream }) => ({
      track: { initName: "init.mp4", template: "$Time$.m4s", segments: [], timescale: 1, start: 0 },
      stream: {
        ...{ ...stream, ...SIZE, frames: 1, durationSeconds: 1, segments: 1, playlist: file, iframes: file },
        ...{ averageBandwidth: peak, peakBandwidth: peak, encodedBy: ENCODED_BY },
      },
    }));
    const text = dashManifest({ segmentSeconds: 2 }, 1, videoSets(videos, [25, 1]));
    const sets = text.split("<AdaptationSet ").slice(1);
    assert.deepEqual(
      sets.map((set) => [
        /^id="(\d+)"/.exec(set)?.[1],
        [...set.matchAll(/<Representation id="(.+?)"/g)].map(([, name]) => name).join(" "),
        [...set.matchAll(/<(\w)\w+Property schemeIdUri="urn:mpeg:mpegB:cicp:\w+" value="(\d+)"/g)]
          .map(([, kind, value]) => `${kind}${value}`)
          .join(" "),
      ]),
      [
        ["0", "480p 1080p", "S1 S1 S1"],
        ["1", "hevc", "S1 S1 S1"],
        ["2", "hevc-10", "S1 S1 S1"],
        ["3", "av1", "S1 S1 S1"],
        ["4", "hdr", "E9 E16 E9"],
        ["5", "hlg", "E9 E18 E9"],
      ],
    );
  });
});
