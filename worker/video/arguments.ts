import type { Plan, PlanRendition } from "../../contract/plan";
import type { Chunk } from "../plan/chunks";
import { gridFilters } from "./encoders/gopGrid";
import { ANY_ERROR_RATE, INPUT_OPTIONS, type MediaInput, QUIET } from "../ffmpeg/input";
import { pictureFilters } from "./filters/pictureFilters";
import { outputDescriptor } from "../ffmpeg/run";
import { reinitOptions } from "./filters/reinitOptions";
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
}

/**
 * The ffmpeg arguments that encode one chunk of one or more renditions, each as a fragmented MP4 on its own output. The source
 * is decoded once.
 */
export function encodeArguments({ plan, renditions, chunk, input, seekMargin }: ChunkEncode): string[] {
  const filters = renditions.map((rendition) => pictureFilters(plan, rendition, chunk));
  return [
    ...QUIET,
    ...ANY_ERROR_RATE,
    ...["-progress", "pipe:3", "-filter_threads", "2"],
    ...INPUT_OPTIONS,
    ...reinitOptions(plan.source, filters.join(",")),
    ...["-copyts", ...seekOptions(plan, chunk, seekMargin), "-threads", String(DECODER_THREADS), "-i", input.url],
    ...renditions.flatMap((rendition, index) =>
      renditionArguments(plan, rendition, filters[index] as string, `pipe:${outputDescriptor(index)}`),
    ),
  ];
}

function renditionArguments(plan: Plan, rendition: PlanRendition, filters: string, output: string): string[] {
  const encoder = videoEncoderOf(rendition);
  const grid = encoder.gopGrid?.(plan);
  const [numerator, denominator] = grid ? grid.rate : [plan.timeline.timescale, 1];
  const allFilters = [filters, ...(grid ? gridFilters(plan, grid) : [])].join(",");
  return [
    ...["-map", `0:${plan.source.videoStream}`, "-map_metadata", "-1", "-map_chapters", "-1"],
    ...["-vf", allFilters, "-fps_mode", "passthrough", "-enc_time_base", `${denominator}/${numerator}`],
    ...encoder.arguments(plan, rendition),
    ...["-fflags", "+bitexact", "-video_track_timescale", String(numerator)],
    ...["-movflags", "frag_keyframe+empty_moov+default_base_moof+skip_trailer", "-f", "mp4", output],
  ];
}
