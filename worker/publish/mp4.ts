import { JobError } from "../errors/errors";
import { layOut } from "../fmp4/movie";
import type { OwnedOutput } from "../output/ownedOutput";
import { readAhead } from "../storage/readAhead";
import type { TrackOfMovie } from "./kinds/kind";
import type { Segment } from "./tracks/segmentTable";
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
    yield* head.pieces();
    let position = head.bytes;
    for (const placement of placements()) {
      const piece = await media[placement.track]?.next();
      if (!piece || piece.done || piece.value.length !== placement.bytes) {
        throw new JobError(
          `The segments of ${tracks[placement.track]?.track.name} don't match their records; run its jobs again.`,
        );
      }
      yield piece.value;
      position += piece.value.length;
      onWritten(position / bytes);
    }
  }

  const size = await output.write(path, { [Symbol.asyncIterator]: file }, { bytes });
  if (size !== bytes)
    throw new JobError(`${output.uri(path)} has ${size} bytes instead of ${bytes}; run the package job again.`);
  return size;
}

/** Segments of a track that are fetched ahead, unless they are large. */
const READ_AHEAD = { segments: 4, bytes: 32 << 20 };

/** The media of a track's fragments, in order. */
async function* fragmentsOf(output: OwnedOutput, { directory, segments }: Track): AsyncGenerator<Buffer, void> {
  const hasRoom = (waiting: readonly Segment[]): boolean =>
    waiting.length <= READ_AHEAD.segments && waiting.reduce((sum, { bytes }) => sum + bytes, 0) <= READ_AHEAD.bytes;
  const read = ({ name }: Segment): Promise<Buffer> => output.readBytes(directory + name);
  let index = 0;
  for await (const [segment, content] of readAhead(segments, hasRoom, read)) {
    if (content.length !== segment.bytes)
      throw new JobError(`Segment ${output.uri(directory + segment.name)} changed while it was read.`);
    for (const { offset, bytes } of segments.mediaOf(index)) yield content.subarray(offset, offset + bytes);
    index += 1;
  }
}
