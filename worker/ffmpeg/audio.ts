import type { LadderAudio, Plan } from "../../components/workflow/plan";
import type { MediaInput } from "../storage/storage";
import { inputOptions, QUIET } from "./input";

/** Samples per second of every rendition's sound. */
export const AUDIO_RATE = 48_000;

/** A hole in the source's sound is filled, and an overlap cut, from this many seconds on. Less is a rounded timestamp. */
const TOLERATED_GAP = 0.01;

/** The ffmpeg arguments that encode the sound, on the picture's timeline, as a fragmented MP4 on standard output. */
export function audioArguments(plan: Plan, audio: LadderAudio, input: MediaInput): string[] {
  return [
    ...QUIET,
    ...["-progress", "pipe:3"],
    ...inputOptions(input),
    ...["-copyts", "-vn", "-sn", "-dn", "-i", input.url],
    ...["-map", `0:${plan.source.audioStream}`, "-map_metadata", "-1", "-map_chapters", "-1"],
    ...["-af", filters(plan)],
    ...["-ac", String(audio.channels), "-c:a", "aac", "-b:a", `${audio.bitrateKbps}k`],
    ...["-flags", "+bitexact", "-fflags", "+bitexact", "-threads", "1"],
    ...["-movflags", "empty_moov+default_base_moof+skip_trailer", "-frag_duration", "2000000", "-f", "mp4", "pipe:1"],
  ];
}

/**
 * Sound that begins exactly with the first picture and ends with the last one. Its timestamps are moved so that the
 * first picture is at 0; then the beginning is cut, or filled with silence, and so are holes and the end. A player that
 * runs out of sound before it runs out of pictures would stop.
 */
function filters({ source, timeline }: Plan): string {
  const origin = timeline.origin / timeline.timescale;
  return [
    `asetpts=PTS-(${origin})/TB`,
    `aresample=${AUDIO_RATE}:async=1:min_hard_comp=${TOLERATED_GAP}:first_pts=0`,
    `apad=whole_dur=${source.durationSeconds}`,
    `atrim=end=${source.durationSeconds}`,
  ].join(",");
}
