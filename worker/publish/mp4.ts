import { JobError } from "../errors/errors";
import { layOut } from "../fmp4/movie";
import type { OwnedOutput } from "../output/ownedOutput";
import type { SegmentRecord } from "../output/record";
import type { TrackOfMovie } from "./kinds/kind";
import type { Track } from "./tracks/track";

/**
 * Writes tracks as one MP4. Their records contain what its index needs, so the file is written from beginning to end while the segments
 * are read. Nothing is stored on the way, however long the video is.
 */
export async function writeMp4(
  output: OwnedOutput,
  path: string,
  tracks: readonly TrackOfMovie[],
  onWritten: (fraction: number) => void,
): Promise<number> {
  const { head, placements, bytes } = layOut(tracks.map(({ movie }) => movie));

  async function* file(): AsyncGenerator<Buffer> {
    const media = tracks.map(({ track }) => fragmentsOf(output, track));
    yield head;
    let position = head.length;
    for (const placement of placements) {
      const piece = await media[placement.track]?.next();
      if (!piece || piece.done || piece.value.length !== placement.bytes) {
        throw new JobError(
          `The segments of ${tracks[placement.track]?.track.name} don't hold what their records say; run its jobs again.`,
        );
      }
      yield piece.value;
      position += piece.value.length;
      onWritten(position / bytes);
    }
  }

  const size = await output.write(path, { [Symbol.asyncIterator]: file }, { bytes });
  if (size !== bytes) throw new JobError(`${output.uri(path)} came out with ${size} bytes instead of ${bytes}.`);
  return size;
}

/** Number of segments that are fetched ahead, so that the latencies of the requests do not add up. */
const READ_AHEAD = 4;

/** The media of a track's fragments, in order. */
async function* fragmentsOf(output: OwnedOutput, { directory, segments }: Track): AsyncGenerator<Buffer, void> {
  const fetching: Promise<Buffer>[] = [];
  const fetch = (segment: SegmentRecord): void => {
    const bytes = output.readBytes(directory + segment.name);
    bytes.catch(() => undefined);
    fetching.push(bytes);
  };
  segments.slice(0, READ_AHEAD).forEach(fetch);
  for (const [index, { name, fragments, ...segment }] of segments.entries()) {
    const bytes = await fetching.shift();
    if (bytes?.length !== segment.bytes)
      throw new JobError(`Segment ${output.uri(directory + name)} changed while it was read.`);
    const ahead = segments[index + READ_AHEAD];
    if (ahead) fetch(ahead);
    for (const { dataOffset, sizes } of fragments) {
      yield bytes.subarray(dataOffset, dataOffset + sizes.reduce((sum, size) => sum + size, 0));
    }
  }
}
