import type { Plan, PlanAudio } from "../../contract/plan";
import { INPUT_OPTIONS, type MediaInput, QUIET } from "../ffmpeg/input";
import { outputDescriptor } from "../ffmpeg/run";
import { mediaLanguageCode } from "../plan/language";
import { audioCodecOf } from "./codecs/audioCodecs";

/** Seconds from which on a gap in the source's sound is filled and an overlap is cut. Less is a rounded timestamp. */
const TOLERATED_GAP = 0.01;

/**
 * The ffmpeg arguments that encode sound tracks on the picture's timeline, each as a fragmented MP4 on its own output. One
 * run encodes all of them, so that the source is read once.
 */
export function audioArguments(plan: Plan, tracks: readonly PlanAudio[], input: MediaInput): string[] {
  return [
    ...QUIET,
    ...["-progress", "pipe:3"],
    ...INPUT_OPTIONS,
    ...["-copyts", "-vn", "-sn", "-dn", "-i", input.url],
    ...tracks.flatMap((track, index) => trackArguments(plan, track, `pipe:${outputDescriptor(index)}`)),
  ];
}

function trackArguments(plan: Plan, track: PlanAudio, output: string): string[] {
  const language = mediaLanguageCode(track.language);
  return [
    ...["-map", `0:${track.stream}`, "-map_metadata", "-1", "-map_chapters", "-1"],
    ...(language === undefined ? [] : ["-metadata:s:a:0", `language=${language}`]),
    ...["-af", soundFilters(plan, track), ...audioCodecOf(track).arguments(track)],
    ...["-flags", "+bitexact", "-fflags", "+bitexact", "-threads", "1"],
    ...["-movflags", "empty_moov+default_base_moof+skip_trailer", "-frag_duration", "2000000", "-f", "mp4", output],
  ];
}

/** ffmpeg's names of the channel layouts, by the plan's number of channels. */
const LAYOUTS: Record<number, string> = { 1: "mono", 2: "stereo", 5: "5.0", 6: "5.1", 8: "7.1" };

/**
 * Makes sound begin exactly with the first picture and end with the last one. Its timestamps are moved so that the first
 * picture is at 0; then the beginning is cut or filled with silence, and so are gaps and the end. A player that runs out of
 * sound before it runs out of pictures would stop.
 *
 * Channels are mixed down by ITU-R BS.775, with the centre and the surrounds 3 dB lower and without the LFE. A maximum of
 * 1 lowers the sum so far that it can't clip, whatever sample format the source has.
 */
function soundFilters({ source, timeline }: Plan, track: PlanAudio): string {
  const origin = timeline.origin / timeline.timescale;
  const { sampleRate } = audioCodecOf(track);
  return [
    `asetpts=PTS-(${origin})/TB`,
    `aresample=${sampleRate}:async=1:min_hard_comp=${TOLERATED_GAP}:first_pts=0:rematrix_maxval=1`,
    `aformat=channel_layouts=${LAYOUTS[track.channels]}`,
    `apad=whole_dur=${source.durationSeconds}`,
    `atrim=end=${source.durationSeconds}`,
  ].join(",");
}
