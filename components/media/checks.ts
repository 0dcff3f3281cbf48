import { outOfRange, outOfRanges, whole } from "../rules/numbers";
import { type Check, problem, when } from "../rules/problem";

export const checkAudio: Check = ({ args: { audio } }) =>
  outOfRanges("audio", audio, {
    bitrateKbps: whole(16, 512, "The unit is kbit/s: 128 is usual for stereo."),
    channels: whole(1, 8, "2 is stereo."),
    maxTracks: whole(1, 16, "1 keeps the default track alone."),
  });

/** Renditions can be switched where segments begin, and segments and chunks begin where GOPs do. */
export const checkTiming: Check = ({ args, pipeline: { ladder } }) => {
  const { chunkSeconds, segmentSeconds, gopSeconds } = ladder;
  const ranges = [
    ...outOfRange("gopSeconds", args.gopSeconds, whole(1, 10, "2 is usual.")),
    ...outOfRange("segmentSeconds", args.segmentSeconds, whole(1, 60, "6 is usual.")),
    ...outOfRange("chunkSeconds", args.chunkSeconds, whole(1, 3600, "60 is the default.")),
  ];
  if (ranges.length > 0) return ranges;
  return [
    ...when(segmentSeconds % gopSeconds !== 0, () =>
      problem(
        "segmentSeconds",
        `must be a multiple of gopSeconds, which is ${gopSeconds}`,
        segmentSeconds,
        `Take for example ${gopSeconds * 3}: every segment begins with a GOP.`,
      ),
    ),
    ...when(chunkSeconds < segmentSeconds, () =>
      problem(
        "chunkSeconds",
        `must not be below segmentSeconds, which is ${segmentSeconds}`,
        chunkSeconds,
        "Raise it: a job that encodes less than a segment costs more to start than to run.",
      ),
    ),
  ];
};
