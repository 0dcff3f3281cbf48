import type { SourceAudio } from "../../contract/sourceAudio";
import type { HeldPictures } from "../plan/split";
import type { FrameScan } from "../source/frames/scanFrames";
import { holdPictures } from "../source/frames/heldPictures";
import type { ProbeStream } from "../source/ffprobe/output";
import { parseTimeBase } from "../source/ffprobe/timeBase";
import type { VideoLength } from "../source/refusals/length";

/** Shows pictures as long as one of these audio tracks is heard. */
export function withHeldPictures(scan: FrameScan, video: ProbeStream, sound: readonly SourceAudio[]): FrameScan {
  const [numerator, denominator] = parseTimeBase(video);
  const { keyframes, end, late } = scan;
  const ticksPerSecond = denominator / numerator;
  const pictures = { first: (keyframes[0] as number) - late, end: end - late, ticksPerSecond };
  const held = holdPictures(
    pictures,
    scan.streamTimes.sounds,
    sound.map(({ stream }) => stream),
  );
  return { ...scan, ...(held ? { held: { from: held.from + late, until: held.until + late } } : {}) };
}

/** How long the video is, with the pictures that are held. */
export function secondsShown(scan: FrameScan, video: ProbeStream): number {
  const { from, until } = spanShown(scan, video);
  return until - from;
}

/** That, and the longest time in it without a picture or sound. */
export function lengthShown(scan: FrameScan, video: ProbeStream): VideoLength {
  const { from, until } = spanShown(scan, video);
  return { seconds: until - from, pause: scan.streamTimes.pauses.between(from, until) };
}

function spanShown({ keyframes, end, held }: FrameScan, video: ProbeStream): HeldPictures {
  const [numerator, denominator] = parseTimeBase(video);
  const { from, until } = held ?? { from: keyframes[0] as number, until: end };
  return { from: (from * numerator) / denominator, until: (until * numerator) / denominator };
}
