import { InputError } from "../../errors/errors";
import type { ProbeStream } from "../ffprobe/output";
import { parseTimeBase } from "../ffprobe/timeBase";
import { readLowestOffsets } from "./lowestOffset";
import type { MediaTrack, ReadFile } from "./movie";

/**
 * The ticks by which ffmpeg shows pictures of fragments late. Some encoders let pictures be shown before they are decoded, so that the
 * first one has no delay, and ffmpeg moves all of them by the most negative offset that it has read so far. Refuses a file in which it reads
 * some pictures before that.
 */
export async function ticksLate(
  name: string,
  file: ReadFile,
  tracks: readonly MediaTrack[],
  video: ProbeStream,
): Promise<number> {
  const track = tracks.find(({ id }) => id === Number(video.id));
  const lowest = track && (await readLowestOffsets(file, track));
  if (!lowest) return 0;
  const { inMovie, inFirst, inFragments } = lowest;
  const late = Math.max(0, -inFragments, -(inMovie ?? 0));
  if (late > 0 && inMovie !== undefined)
    throw unevenError(name, "and pictures both in its index and in fragments, of which ffmpeg shows those late");
  if (late > Math.max(0, -inFirst)) {
    const [numerator, denominator] = parseTimeBase(video);
    const milliseconds = (offset: number): number => Math.round((Math.min(0, offset) * numerator * 1000) / denominator);
    const [from, to] = [milliseconds(inFirst), milliseconds(inFragments)];
    throw unevenError(
      name,
      `down to ${to} ms, and only ${from} ms in its first fragment, so that ffmpeg shows pictures behind that late`,
    );
  }
  return late;
}

function unevenError(name: string, what: string): InputError {
  return new InputError(
    `${name} has negative composition offsets ${what}; export it again without negative composition offsets.`,
  );
}
