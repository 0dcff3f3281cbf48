import type { Plan } from "../../contract/plan";
import { outputs } from "../../contract/outputs";
import type { OwnedOutput } from "../output/ownedOutput";
import type { Chunk } from "../plan/chunks";
import { BARE, isContainer } from "../source/ffprobe/isContainer";

/**
 * Containers with an index of keyframes: a seek ends at the last keyframe that is not after the target. In others it ends between
 * packets by their decoding times, which are before their shown times.
 */
const INDEXED = ["mov", "matroska", "webm", "avi", "mxf"];

/** Seconds. The first is more than any reordering or rounding; the second is for a seek that has ended too late once. */
const SAFE_MARGIN = 1;
const RETRY_MARGIN = 15;

/** How many seconds before a chunk reading may begin, the smallest first. Excess pictures are trimmed exactly. Infinite to begin with the file. */
export async function seekMargins(output: OwnedOutput): Promise<number[]> {
  const metadata = JSON.parse((await output.readText(outputs.metadata)) ?? "{}") as { format?: Format };
  const format = { format_name: metadata.format?.format_name ?? "" };
  if (isContainer(format, BARE)) return [Infinity];
  const isIndexed = isContainer(format, INDEXED);
  return [isIndexed ? 0 : SAFE_MARGIN, RETRY_MARGIN];
}

interface Format {
  format_name?: string;
}

/** Seconds: ffmpeg seeks this much earlier where pictures are reordered, at most. */
const REORDERING = 0.2;

/**
 * The options that begin reading at a chunk. The first chunk has none, because it begins with the file. Neither has one that follows so
 * closely that the seek would begin before the file does: where there is no index, ffmpeg then goes on behind what it has probed.
 */
export function seekOptions(plan: Plan, chunk: Chunk, margin: number): string[] {
  if (chunk.number === 0) return [];
  const [numerator, denominator] = plan.source.timeBase;
  // Half a millisecond after the keyframe's time, because ffmpeg rounds to microseconds.
  const seconds = (chunk.sourceStart * numerator) / denominator + 0.0005 - margin - (plan.leadSeconds ?? 0);
  if (seconds - REORDERING <= plan.timeline.origin / plan.timeline.timescale) return [];
  return ["-noaccurate_seek", "-seek_timestamp", "1", "-ss", seconds.toFixed(6)];
}
