import type { Plan, PlanAudio } from "../../contract/plan";
import { INPUT_OPTIONS, type MediaInput, QUIET } from "../ffmpeg/input";
import { outputDescriptor } from "../ffmpeg/run";
import { mediaLanguageCode } from "../plan/language";
import { audioCodecOf } from "./codecs/audioCodecs";
import { CORRECTED_INPUT, correctedTracks } from "./correctedInput";
import { followingTimes, frameTimes } from "./frameTimes";
import { soundOrigin } from "./origin";
import { soundOf } from "./soundOf";
import { steadyTimes } from "./steadyTimes";

/** Seconds from which on a gap in the source's sound is filled and an overlap is cut. Less is a rounded timestamp. */
const TOLERATED_GAP = 0.01;

const BITEXACT = ["-flags", "+bitexact", "-fflags", "+bitexact", "-threads", "1"];

/**
 * The ffmpeg arguments that decode audio tracks, each to its own output, at the times that its sound has on the picture's timeline. One
 * run decodes all of them, so that the source is read once.
 *
 * Whenever the layout or the rate of a track changes, ffmpeg starts its filters again. So these filters depend on nothing that came
 * before, and whatever fills gaps and pads comes in another run, which gets one format from beginning to end.
 */
export function decodingArguments(plan: Plan, tracks: readonly PlanAudio[], input: MediaInput): string[] {
  const corrected = correctedTracks(plan, tracks);
  const isFileRead = corrected.length < tracks.length;
  return [
    ...QUIET,
    ...["-progress", "pipe:3", "-copyts"],
    ...(isFileRead ? [...INPUT_OPTIONS, "-vn", "-sn", "-dn", "-i", input.url] : []),
    ...(corrected.length > 0 ? CORRECTED_INPUT : []),
    ...tracks.flatMap((track, index) => [
      ...[
        "-map",
        corrected.includes(track) ? `${Number(isFileRead)}:${corrected.indexOf(track)}` : `0:${track.stream}`,
      ],
      ...["-map_metadata", "-1", "-map_chapters", "-1"],
      ...["-af", decodingFilters(plan, track), "-c:a", "pcm_f32le", ...BITEXACT],
      ...["-f", "nut", `pipe:${outputDescriptor(index)}`],
    ]),
  ];
}

/**
 * The ffmpeg arguments that encode a decoded track as a fragmented MP4.
 *
 * @param input What comes on standard input: the output of decoding, or bare samples.
 */
export function encodingArguments(plan: Plan, track: PlanAudio, input: "decoded" | "samples"): string[] {
  const language = mediaLanguageCode(track.language);
  const bare = ["-f", "f32le", "-ar", String(audioCodecOf(track).sampleRate), "-ac", String(track.channels)];
  return [
    ...QUIET,
    ...["-protocol_whitelist", "pipe", ...(input === "decoded" ? ["-f", "nut"] : bare), "-copyts", "-i", "pipe:0"],
    ...["-map", "0:0", "-map_metadata", "-1", "-map_chapters", "-1"],
    ...(language === undefined ? [] : ["-metadata:s:a:0", `language=${language}`]),
    ...["-af", placingFilters(plan, track), ...audioCodecOf(track).arguments(track), ...BITEXACT],
    ...["-movflags", "empty_moov+default_base_moof+skip_trailer", "-frag_duration", "2000000", "-f", "mp4", "pipe:1"],
  ];
}

/** ffmpeg's names of the channel layouts, by the plan's number of channels. */
const LAYOUTS: Record<number, string> = { 1: "mono", 2: "stereo", 5: "5.0", 6: "5.1", 8: "7.1" };

/**
 * Moves timestamps so that the picture begins at 0, cuts what is not heard with it, and converts rate and channels. Where the layout
 * changes, sound is first brought to the one that the source states, at its own level, so that the change is not one of loudness too.
 *
 * Then the channels are mixed down by ITU-R BS.775, with the centre and the surrounds 3 dB lower and without the LFE. A maximum of
 * 1 lowers the sum so far that it can't clip, whatever sample format the source has.
 */
function decodingFilters(plan: Plan, track: PlanAudio): string {
  const { source } = plan;
  const sound = soundOf(plan, track);
  const { layout, jitterSeconds = 0 } = sound;
  const origin = soundOrigin(plan);
  return [
    `asetpts='round((${frameTimes(sound, origin)}-(${origin}))/TB)'`,
    ...(layout === undefined ? [] : ["aresample", `aformat=sample_fmts=fltp:channel_layouts=${layout}`]),
    `aresample=${audioCodecOf(track).sampleRate}:rematrix_maxval=1`,
    layoutFilter(track),
    "atrim=start=0",
    // A time that is too late may be a wrong one, after which sound goes on.
    `aselect='lt(t,${source.durationSeconds + jitterSeconds})'`,
  ].join(",");
}

/**
 * Makes sound begin exactly with the first picture and end with the last one: fills the beginning, gaps and the end with silence. A
 * player that runs out of sound before it runs out of pictures would stop.
 */
function placingFilters(plan: Plan, track: PlanAudio): string {
  const { source } = plan;
  const { frames, jitterSeconds } = soundOf(plan, track);
  return [
    ...(frames?.mpeg ? [`asetpts='${followingTimes}'`] : []),
    ...(jitterSeconds === undefined ? [] : [`asetpts='${steadyTimes(jitterSeconds)}'`]),
    `aresample=async=1:min_hard_comp=${TOLERATED_GAP}:first_pts=0`,
    layoutFilter(track),
    `apad=whole_dur=${source.durationSeconds}`,
    `atrim=end=${source.durationSeconds}`,
  ].join(",");
}

function layoutFilter({ channels }: PlanAudio): string {
  return `aformat=channel_layouts=${LAYOUTS[channels]}`;
}
