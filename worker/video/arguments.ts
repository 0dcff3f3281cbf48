import type { Plan, PlanRendition } from "../../contract/plan";
import type { Chunk } from "../plan/chunks";
import { gridFilters } from "./encoders/gopGrid";
import { ANY_ERROR_RATE, EXACT_CROP, INPUT_OPTIONS, type MediaInput } from "../ffmpeg/input";
import { WITH_REMARKS } from "../ffmpeg/remarks";
import { pictureFilters } from "./filters/pictureFilters";
import { outputDescriptor } from "../ffmpeg/run";
import { holdPictures, type ShownTimes } from "./filters/holdPictures";
import { reinitOptions } from "./filters/reinitOptions";
import { rotationOptions } from "./filters/rotateByPicture";
import { seekOptions } from "./seek";
import { videoEncoderOf } from "./codecs/videoCodecs";

/** Decoding for one encode needs no more threads than this, and each thread holds pictures of the source's size. */
const DECODER_THREADS = 4;

/** One run of ffmpeg. */
export interface ChunkEncode {
  plan: Plan;
  renditions: readonly PlanRendition[];
  chunk: Chunk;
  input: MediaInput;
  /** Seconds before the chunk at which reading may begin. */
  seekMargin: number;
  /** Present if some pictures can't be decoded. Standard input is then the clock video of all times. */
  shown?: ShownTimes;
}

/** The clock video comes on standard input. */
const CLOCK_INPUT = ["-protocol_whitelist", "pipe", "-f", "ivf", "-i", "pipe:0"];

/**
 * The ffmpeg arguments that encode one chunk of one or more renditions, each as a fragmented MP4 on its own output. The source
 * is decoded once.
 */
export function encodeArguments({ plan, renditions, chunk, input, seekMargin, shown }: ChunkEncode): string[] {
  const filters = renditions.map((rendition) => pictureFilters(plan, rendition, chunk));
  return [
    ...WITH_REMARKS,
    ...ANY_ERROR_RATE,
    ...["-progress", "pipe:3", "-filter_threads", "2"],
    ...INPUT_OPTIONS,
    ...EXACT_CROP,
    ...rotationOptions(plan.source),
    ...reinitOptions(plan.source, filters.join(",")),
    ...["-copyts", ...seekOptions(plan, chunk, seekMargin), "-threads", String(DECODER_THREADS), "-i", input.url],
    ...(shown ? CLOCK_INPUT : []),
    ...renditions.flatMap((rendition, index) => [
      ...filterOptions(plan, rendition, filters[index] as string, shown),
      ...renditionArguments(plan, rendition, `pipe:${outputDescriptor(index)}`),
    ]),
  ];
}

/** The options that select what is encoded, and filter it. */
function filterOptions(plan: Plan, rendition: PlanRendition, filters: string, shown?: ShownTimes): string[] {
  const grid = videoEncoderOf(rendition).gopGrid?.(plan);
  const all = [filters, ...(grid ? gridFilters(plan, grid) : [])].join(",");
  const { source } = plan;
  if (!shown) return ["-map", `0:${source.videoStream}`, "-vf", all];
  const output = `[${rendition.name}]`;
  return ["-filter_complex", `${holdPictures(source, shown)},${all}${output}`, "-map", output];
}

function renditionArguments(plan: Plan, rendition: PlanRendition, output: string): string[] {
  const encoder = videoEncoderOf(rendition);
  const grid = encoder.gopGrid?.(plan);
  const [numerator, denominator] = grid ? grid.rate : [plan.timeline.timescale, 1];
  return [
    ...["-map_metadata", "-1", "-map_chapters", "-1"],
    ...["-fps_mode", "passthrough", "-enc_time_base", `${denominator}/${numerator}`],
    ...encoder.arguments(plan, rendition),
    ...["-fflags", "+bitexact", "-video_track_timescale", String(numerator)],
    ...["-movflags", "frag_keyframe+empty_moov+default_base_moof+skip_trailer", "-f", "mp4", output],
  ];
}
