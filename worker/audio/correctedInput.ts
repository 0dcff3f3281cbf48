import type { Plan, PlanAudio } from "../../contract/plan";
import type { FrameRun } from "../../contract/sourceAudio";
import { INPUT_OPTIONS, type MediaInput, QUIET } from "../ffmpeg/input";
import { sumOf } from "../ffmpeg/sumOf";
import { soundOf } from "./soundOf";

/**
 * A container with the ticks of those that need it, in which `setts` counts before and after them. Each frame has its own time there. It has room
 * for all codecs whose frames state a sample rate, but not for others that may lie beside them.
 */
const CONTAINER = "mpegts";
const EXACT = ["-muxdelay", "0", "-muxpreload", "0", "-mpegts_copyts", "1", "-pes_payload_size", "0"];
const TICKS_PER_SECOND = 90_000;

/** The audio tracks whose frames have to be given other times before they are decoded. */
export function correctedTracks(plan: Plan, tracks: readonly PlanAudio[]): PlanAudio[] {
  return tracks.filter((track) => runsOf(plan, track).length > 0);
}

/** The ffmpeg arguments that copy these tracks to a decoder, with the right times of their frames. */
export function correctingArguments(plan: Plan, corrected: readonly PlanAudio[], input: MediaInput): string[] {
  return [
    ...[...QUIET, ...INPUT_OPTIONS, "-copyts", "-vn", "-sn", "-dn", "-i", input.url],
    ...corrected.flatMap(({ stream }) => ["-map", `0:${stream}`]),
    ...["-map_metadata", "-1", "-map_chapters", "-1", "-c", "copy"],
    ...corrected.flatMap((track, index) => [`-bsf:a:${index}`, `setts=ts='${correctTime(runsOf(plan, track))}'`]),
    ...[...EXACT, "-f", CONTAINER, "pipe:1"],
  ];
}

/** The decoder's options for what comes that way. Its streams are those tracks in their order. */
export const CORRECTED_INPUT = ["-protocol_whitelist", "pipe", "-f", CONTAINER, "-i", "pipe:0"];

/** An expression of `setts` for the time of the packet with the number `N`. */
function correctTime(runs: readonly FrameRun[]): string {
  const corrections = runs.map(({ from, count, begin, length }) => {
    const due = `${(begin * TICKS_PER_SECOND).toFixed(2)}+(N-${from})*${(length * TICKS_PER_SECOND).toFixed(4)}`;
    return `between(N,${from},${from + count - 1})*(${due}-TS)`;
  });
  return `round(TS+${sumOf(corrections)})`;
}

function runsOf(plan: Plan, track: PlanAudio): readonly FrameRun[] {
  return soundOf(plan, track).frames?.corrected ?? [];
}
