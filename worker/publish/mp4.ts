import type { PlanAudio, PlanRendition } from "../../contract/plan";
import { JobError } from "../errors";
import { mediaLanguage, sampleDescription } from "../fmp4/codecs";
import type { MovieTrack } from "../fmp4/movie";
import { layOut } from "../fmp4/movie";
import type { SegmentRecord } from "../output/record";
import type { Storage } from "../storage/storage";
import { below } from "../storage/uri";
import type { Track } from "./track";
import { bytesOf } from "./track";
import type { Tracks } from "./tracks";

/**
 * Writes a rendition and all tracks of sound as one MP4. The records hold what its index needs, so the file is written from its
 * beginning to its end while the segments are read: nothing is stored on the way, whatever the video's length.
 */
export async function writeMp4(
  storage: Storage,
  uri: string,
  rendition: PlanRendition,
  video: Track,
  audio: Tracks["audio"],
  written: (fraction: number) => void,
): Promise<number> {
  const tracks = [video, ...audio.map(({ track }) => track)];
  const { head, placements, bytes } = layOut([
    pictureTrack(video, rendition),
    ...audio.map(({ sound, track }, index) => soundTrack(track, sound, index === 0)),
  ]);

  async function* file(): AsyncGenerator<Buffer> {
    const media = tracks.map((track) => fragmentsOf(storage, track));
    yield head;
    let at = head.length;
    for (const placement of placements) {
      const piece = await media[placement.track]?.next();
      if (!piece || piece.done || piece.value.length !== placement.bytes) {
        throw new JobError(
          `The segments of ${tracks[placement.track]?.name} don't hold what their records say; run its jobs again.`,
        );
      }
      yield piece.value;
      at += piece.value.length;
      written(at / bytes);
    }
  }

  const size = await storage.write(uri, { [Symbol.asyncIterator]: file }, { bytes });
  if (size !== bytes) throw new JobError(`${uri} came out with ${size} bytes instead of ${bytes}.`);
  return size;
}

function pictureTrack(track: Track, { width, pictureHeight }: PlanRendition): MovieTrack {
  return { kind: "video", name: "VideoHandler", enabled: true, width, height: pictureHeight, ...contentOf(track) };
}

/** Of tracks that are alternatives to each other, a player that knows no better plays those that are enabled. */
function soundTrack(track: Track, { label }: PlanAudio, enabled: boolean): MovieTrack {
  return { kind: "audio", name: label, enabled, width: 0, height: 0, ...contentOf(track) };
}

function contentOf({ timescale, duration, init, segments }: Track) {
  return {
    timescale,
    duration,
    language: mediaLanguage(init),
    sampleDescription: sampleDescription(init),
    fragments: segments.flatMap(({ fragments }) => fragments),
  };
}

/** Segments that are fetched before they are needed, so that the time for each request does not add up. */
const READ_AHEAD = 4;

/** The media of a track's fragments, one after another. */
async function* fragmentsOf(storage: Storage, { directory, segments }: Track): AsyncGenerator<Buffer, void> {
  const fetching: Promise<Buffer>[] = [];
  const fetch = (segment: SegmentRecord): void => {
    const bytes = bytesOf(storage, below(directory, segment.name));
    bytes.catch(() => undefined);
    fetching.push(bytes);
  };
  segments.slice(0, READ_AHEAD).forEach(fetch);
  for (const [index, { name, fragments, ...segment }] of segments.entries()) {
    const bytes = await fetching.shift();
    if (bytes?.length !== segment.bytes) throw new JobError(`Segment ${directory}${name} changed while it was read.`);
    const ahead = segments[index + READ_AHEAD];
    if (ahead) fetch(ahead);
    for (const { dataOffset, sizes } of fragments) {
      yield bytes.subarray(dataOffset, dataOffset + sizes.reduce((sum, size) => sum + size, 0));
    }
  }
}
