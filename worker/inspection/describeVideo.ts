import type { PlanSource } from "../../contract/plan";
import { displaySize } from "../source/picture/displaySize";
import type { SourceObject } from "../source/loopback/source";
import { determineFrameRate } from "../source/frames/frameRate";
import type { FrameScan } from "../source/frames/scanFrames";
import { describeFields } from "../source/picture/isInterlaced";
import type { Probe, ProbeStream } from "../source/ffprobe/output";
import { parseTimeBase } from "../source/ffprobe/timeBase";
import { rotationOf } from "../source/picture/rotation";
import { transparencyOf } from "../source/picture/transparency";
import { secondsShown } from "./shownPictures";

type VideoDescription = Omit<PlanSource, "uri" | "audioStreams" | keyof SourceObject>;

/** What the plan says of the pictures. */
export function describeVideo(probed: Probe, video: ProbeStream, scan: FrameScan): VideoDescription {
  const [numerator, denominator] = parseTimeBase(video);
  const first = scan.keyframes[0] as number;
  const turn = rotationOf(video);
  const transparent = transparencyOf(video);
  const seconds = (ticks: number): number => (ticks * numerator) / denominator;
  return {
    timeBase: [numerator, denominator],
    videoStream: video.index,
    durationSeconds: secondsShown(scan, video),
    frames: scan.total,
    // Between the first and the last frame lie one fewer intervals than frames.
    frameRate: determineFrameRate(
      [video.avg_frame_rate, video.r_frame_rate],
      scan.total - 1,
      seconds(scan.last - first),
    ),
    ...displaySize(video),
    ...(scan.times ? { times: scan.times } : {}),
    ...(scan.late > 0 ? { late: scan.late } : {}),
    ...describeFields(probed, video),
    ...(turn ? { turn } : {}),
    ...(transparent ? { transparent } : {}),
  };
}
