import type { FrameRun, Plan, PlanAudio } from "../../contract/plan";
import { INPUT_OPTIONS, type MediaInput, QUIET } from "../ffmpeg/input";

/** A container with the ticks of those that need it, in which `setts` counts before and after them. Each frame has its own time there. */
const CONTAINER = "mpegts";
const EXACT = ["-muxdelay", "0", "-muxpreload", "0", "-mpegts_copyts", "1", "-pes_payload_size", "0"];
const TICKS_PER_SECOND = 90_000;

/** Whether frames have to be given other times before they are decoded. */
export function isCorrected(plan: Plan, tracks: readonly PlanAudio[]): boolean {
  return tracks.some((track) => runsOf(plan, track).length > 0);
}

/** The ffmpeg arguments that copy audio tracks to a decoder, with the right times of their frames. */
export function correctingArguments(plan: Plan, tracks: readonly PlanAudio[], input: MediaInput): string[] {
  return [
    ...[...QUIET, ...INPUT_OPTIONS, "-copyts", "-vn", "-sn", "-dn", "-i", input.url],
    ...tracks.flatMap(({ stream }) => ["-map", `0:${stream}`]),
    ...["-map_metadata", "-1", "-map_chapters", "-1", "-c", "copy"],
    ...tracks.flatMap((track, index) => {
      const runs = runsOf(plan, track);
      return runs.length === 0 ? [] : [`-bsf:a:${index}`, `setts=ts='${correctTime(runs)}'`];
    }),
    ...[...EXACT, "-f", CONTAINER, "pipe:1"],
  ];
}

/** The decoder's options for what comes that way. Its streams are the tracks in their order. */
export const CORRECTED_INPUT = ["-protocol_whitelist", "pipe", "-f", CONTAINER, "-i", "pipe:0"];

/** An expression of `setts` for the time of the packet with the number `N`. */
function correctTime(runs: readonly FrameRun[]): string {
  const corrections = runs.map(({ from, count, begin, length }) => {
    const due = `${(begin * TICKS_PER_SECOND).toFixed(2)}+(N-${from})*${(length * TICKS_PER_SECOND).toFixed(4)}`;
    return `+between(N,${from},${from + count - 1})*(${due}-TS)`;
  });
  return `round(TS${corrections.join("")})`;
}

function runsOf({ source }: Plan, { stream }: PlanAudio): readonly FrameRun[] {
  return source.audioStreams.find((track) => track.stream === stream)?.frames?.corrected ?? [];
}
