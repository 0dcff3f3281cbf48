import { JobError } from "../errors";
import type { EncodedBy } from "../../contract/encodedBy";
import { encodeMark } from "../output/encode";
import { initSegment, segmentTemplate } from "../../contract/outputs";
import { paths } from "../output/paths";
import type { SegmentRecord, TrackRecord } from "../output/record";
import { missingSegments } from "../output/segments";
import type { Storage } from "../storage/storage";
import { below } from "../storage/uri";

/** All the segments of a rendition or of the sound, checked. */
export interface Track {
  name: string;
  /** The directory of the segments, with the slash. */
  directory: string;
  encodedBy: EncodedBy;
  /** Of the encode. */
  mark: string;
  /** The name of the initialisation segment, and its content. */
  initName: string;
  init: Buffer;
  /** The names of its segments, as DASH writes them. */
  template: string;
  timescale: number;
  samples: number;
  /** Shown time of the first sample. */
  start: number;
  /** Ticks from the first sample shown to the end of the last. */
  duration: number;
  segments: SegmentRecord[];
}

/** The track that is recorded in pieces, all of one encoder. */
export async function joined(
  storage: Storage,
  output: string,
  name: string,
  records: readonly TrackRecord[],
): Promise<Track> {
  const [first, last] = [records[0], records.at(-1)];
  if (!first || !last) throw new JobError(`The plan has no chunks for ${name}.`);
  const directory = paths.segments(output, name);
  const mark = encodeMark(first);
  const there = await storage.list(directory);
  for (const record of records) {
    if (record.init.sha256 !== first.init.sha256) {
      throw new JobError(
        `The chunks of ${name} were encoded in different ways; remove ${directory} and run its transcode jobs again.`,
      );
    }
    const missing = missingSegments(there, record);
    if (missing.length > 0) {
      throw new JobError(
        `${missing.length} segments of ${name} are missing or cut off, the first is ${missing[0]}; run its jobs again.`,
      );
    }
  }
  return {
    name,
    directory,
    encodedBy: first.encodedBy,
    mark,
    initName: initSegment(mark),
    init: await bytesOf(storage, below(directory, initSegment(mark))),
    template: segmentTemplate(mark),
    timescale: first.timescale,
    samples: records.reduce((sum, { samples }) => sum + samples, 0),
    start: first.start,
    duration: last.end - first.start,
    segments: records.flatMap(({ segments }) => segments),
  };
}

/** The whole of an object of a segment's size. */
export async function bytesOf(storage: Storage, uri: string): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of (await storage.openRead(uri)) as AsyncIterable<Buffer>) pieces.push(piece);
  return pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces);
}
