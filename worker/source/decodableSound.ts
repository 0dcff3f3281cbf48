import type { MissingSound, SourceAudio } from "../../contract/sourceAudio";
import { EXTRACT_METADATA } from "../../contract/states";
import { remedy } from "../ffmpeg/remedy";
import type { ProbeStream } from "./ffprobe/output";
import { type DecodableOptions, findUndecodable, type Undecodable, undecodableError } from "./refusals/undecodable";

/** The audio tracks of a source: those to encode, and those that can't be. */
export interface SourceSound {
  tracks: SourceAudio[];
  missing: MissingSound[];
}

/**
 * Refuses a video whose pictures can't be decoded, or that has sound of which nothing can be: it would be silent. Otherwise leaves out and
 * names the tracks that can't be decoded; later ones take their place.
 *
 * @param most The number of tracks that are wanted.
 */
export async function selectDecodableSound(
  options: Omit<DecodableOptions, "wanted">,
  video: ProbeStream,
  tracks: readonly SourceAudio[],
  most: number,
): Promise<SourceSound> {
  const undecodable: Undecodable[] = [];
  const left = (): SourceAudio[] =>
    tracks.filter(({ stream }) => !undecodable.some((found) => found.stream.index === stream));
  const tried = new Set<number>();
  // Each round tries tracks that were not tried before.
  for (let untried = [video.index, ...streamsOf(left().slice(0, most))]; untried.length > 0;) {
    for (const stream of untried) tried.add(stream);
    undecodable.push(...(await findUndecodable({ ...options, wanted: untried })));
    untried = streamsOf(left().slice(0, most)).filter((stream) => !tried.has(stream));
  }
  const [first] = undecodable;
  const isFatal = undecodable.some(({ stream }) => stream.index === video.index) || left().length === 0;
  if (first && isFatal) throw undecodableError(options.name, first);
  return { tracks: left(), missing: undecodable.map(describeMissing) };
}

function streamsOf(tracks: readonly SourceAudio[]): number[] {
  return tracks.map(({ stream }) => stream);
}

function describeMissing({ stream, finding }: Undecodable): MissingSound {
  const cause = `${EXTRACT_METADATA} left out stream ${stream.index}: ${finding}; if it plays elsewhere, ${remedy("undecodable")}`;
  return { stream: stream.index, cause };
}
