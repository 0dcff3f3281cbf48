import { encodeMark } from "../../worker/output/encode";
import type { EncodedBy } from "../../contract/encodedBy";
import type { Ladder, Plan, PlanSource } from "../../contract/plan";
import { makePlan } from "../../worker/plan/makePlan";

/** Pictures a second. */
export const RATE = 60;
const TIMESCALE = 90_000;
const GOP_SECONDS = 2;

const HEIGHTS = [2160, 1440, 1080, 900, 720, 540, 480, 360];

/** The metadata job of `bench/day.ts` gets it too. */
export const LADDER: Ladder = {
  renditions: HEIGHTS.map((height) => ({ name: `${height}p`, height, preset: "fast", crf: 22 })),
  parts: [{ seconds: 10 }, {}],
  audio: { bitrateKbps: 128, channels: 2, maxTracks: 8 },
  chunkSeconds: 60,
  segmentSeconds: 6,
  gopSeconds: GOP_SECONDS,
  dash: true,
};

/** The plan for a video with this many hours of pictures, in eight renditions and with as many audio tracks as are kept by default. */
export function planOf(hours: number): Plan {
  const seconds = hours * 3600;
  const source: PlanSource = {
    ...{ uri: "file:///day.mp4", bytes: 1, etag: "1", timeBase: [1, TIMESCALE], videoStream: 0 },
    audioStreams: Array.from({ length: LADDER.audio.maxTracks }, (_, index) => ({ stream: index + 1, channels: 2 })),
    ...{ durationSeconds: seconds, frames: seconds * RATE, frameRate: [RATE, 1], width: 3840, height: 2160 },
  };
  const gops = seconds / GOP_SECONDS;
  const keyframes = Float64Array.from({ length: gops }, (_, gop) => gop * GOP_SECONDS * TIMESCALE);
  const frames = new Float64Array(gops).fill(GOP_SECONDS * RATE);
  return makePlan(source, { keyframes, frames, end: seconds * TIMESCALE }, LADDER);
}

const FFMPEG = { ffmpeg: "5.1.9-0+deb12u1", libavcodec: "59.37.100" };
export const VIDEO_ENCODER: EncodedBy = { ...FFMPEG, encoder: "libx264", library: "core 164" };
export const SOUND_ENCODER: EncodedBy = { ...FFMPEG, encoder: "aac" };

export function markOf({ fingerprint }: Plan, encodedBy: EncodedBy): string {
  return encodeMark({ fingerprint, encodedBy });
}
