import type { Plan, PlanRendition } from "../../components/workflow/plan";
import type { Chunk } from "../plan/chunks";
import type { MediaInput } from "../storage/storage";
import { inputOptions, QUIET } from "./input";
import { seek } from "./seek";

/** Decoding needs no more threads than this for one encode, and each of them holds pictures of the source's size. */
const DECODER_THREADS = 4;

/** The ffmpeg arguments that encode one chunk of one rendition as a fragmented MP4 on standard output. */
export function encodeArguments(
  plan: Plan,
  rendition: PlanRendition,
  chunk: Chunk,
  input: MediaInput,
  seekMargin: number,
): string[] {
  const { timescale } = plan.timeline;
  return [
    ...QUIET,
    ...["-progress", "pipe:3", "-filter_threads", "2"],
    ...inputOptions(input),
    ...["-copyts", ...seek(plan, chunk, seekMargin), "-threads", String(DECODER_THREADS), "-i", input.url],
    ...["-map", `0:${plan.source.videoStream}`, "-map_metadata", "-1", "-map_chapters", "-1"],
    ...["-vf", filters(plan, rendition, chunk), "-fps_mode", "passthrough", "-enc_time_base", `1/${timescale}`],
    ...h264(plan, rendition),
    ...["-fflags", "+bitexact", "-video_track_timescale", String(timescale)],
    ...["-movflags", "frag_keyframe+empty_moov+default_base_moof+skip_trailer", "-f", "mp4", "pipe:1"],
  ];
}

/**
 * Trims by integer timestamps in the source's time base and moves the first picture to 0. The picture is brought to
 * square pixels and the rendition's size; rotation has been applied by ffmpeg before.
 */
function filters(plan: Plan, rendition: PlanRendition, chunk: Chunk): string {
  const first = chunk.sourceStart * plan.source.timeBase[0];
  return [
    `trim=start_pts=${chunk.sourceStart}:end_pts=${chunk.sourceEnd}`,
    `settb=1/${plan.timeline.timescale}`,
    `setpts=PTS-(${first})`,
    `scale=${rendition.width}:${rendition.pictureHeight}`,
    "setsar=1",
    "format=yuv420p",
  ].join(",");
}

function h264(plan: Plan, rendition: PlanRendition): string[] {
  const [numerator, denominator] = plan.source.frameRate;
  return [
    ...["-c:v", "libx264", "-preset", rendition.preset, "-profile:v", "high"],
    ...rateControl(rendition),
    // Keyframes only where they are forced: closed GOPs at the same pictures in every rendition.
    ...["-g", "100000", "-sc_threshold", "0", "-forced-idr", "1", "-flags", "+cgop+bitexact"],
    ...["-force_key_frames", keyframeExpression(plan)],
    // x264 derives the level from a frame rate, and would take the fine time base for one.
    ...["-x264-params", `fps=${numerator}/${denominator}`],
    // A fixed number, since the encoder's output depends on it and a second attempt may run on another machine.
    ...["-threads", String(encoderThreads(rendition))],
  ];
}

/** About as many as the picture has work for; x264's own choice would follow the machine. */
function encoderThreads({ width, pictureHeight }: PlanRendition): number {
  return Math.max(2, Math.min(8, Math.round(Math.min(width, pictureHeight) / 180)));
}

/** The ceiling of the bitrate in kbit/s, where there is one. */
export function peakBitrateKbps({ maxBitrateKbps, bitrateKbps }: PlanRendition): number | undefined {
  return maxBitrateKbps ?? (bitrateKbps === undefined ? undefined : Math.round(bitrateKbps * 1.5));
}

/** The peak rate is held over two seconds, which players buffer with ease. */
function rateControl(rendition: PlanRendition): string[] {
  const { crf, bitrateKbps } = rendition;
  const peak = peakBitrateKbps(rendition);
  const ceiling = peak === undefined ? [] : ["-maxrate", `${peak}k`, "-bufsize", `${peak * 2}k`];
  return bitrateKbps === undefined ? ["-crf", String(crf), ...ceiling] : ["-b:v", `${bitrateKbps}k`, ...ceiling];
}

/**
 * A keyframe at the first picture of each `gopSeconds` of the chunk, and only one there, even after a pause of several.
 * Half a tick keeps a picture that is exactly on the border from falling before it by a rounding error.
 */
function keyframeExpression({ gopSeconds, timeline }: Plan): string {
  const slack = 0.5 / timeline.timescale;
  const gop = (time: string): string => `floor((${time}+${slack})/${gopSeconds})`;
  return `expr:if(isnan(prev_forced_t),1,gt(${gop("t")},${gop("prev_forced_t")}))`;
}
