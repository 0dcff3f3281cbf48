import type { SourceAudio } from "../../contract/plan";
import type { FrameScan } from "../source/frames/scanFrames";
import { holdPictures } from "../source/frames/heldPictures";
import type { ProbeStream } from "../source/ffprobe/output";
import { parseTimeBase } from "../source/ffprobe/timeBase";

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
export function secondsShown({ keyframes, end, held }: FrameScan, video: ProbeStream): number {
  const [numerator, denominator] = parseTimeBase(video);
  const first = keyframes[0] as number;
  return (((held?.until ?? end) - (held?.from ?? first)) * numerator) / denominator;
}
