import { JobError, MissingWork } from "../../errors/errors";
import type { EncodedBy } from "../../../contract/encodedBy";
import { initSegment, outputs, segmentTemplate } from "../../../contract/outputs";
import { encodeMark } from "../../output/encode";
import type { OwnedOutput } from "../../output/ownedOutput";
import type { SegmentRecord, TrackRecord } from "../../output/record";
import { missingSegments } from "../../output/segments";

/** A track whose records were checked: all its segments are there. */
export interface Track {
  name: string;
  /** Path of the directory of its segments, with the slash. */
  directory: string;
  encodedBy: EncodedBy;
  /** The mark of its encode. */
  mark: string;
  /** Name and content of its initialisation segment. */
  initName: string;
  init: Buffer;
  /** The names of its segments as a DASH template. */
  template: string;
  timescale: number;
  samples: number;
  /** Presentation time of the first sample. */
  start: number;
  /** Ticks from the beginning of the first sample to the end of the last, in presentation order. */
  duration: number;
  segments: SegmentRecord[];
}

/** Joins the records of a track, all of one encoder. Fails if they don't belong together or a segment is missing. */
export async function joinRecords(output: OwnedOutput, name: string, records: readonly TrackRecord[]): Promise<Track> {
  const [first, last] = [records[0], records.at(-1)];
  if (!first || !last) throw new JobError(`The plan has no chunks for ${name}.`);
  const directory = outputs.segments(name);
  const mark = encodeMark(first);
  const files = await output.list(directory);
  for (const record of records) {
    if (record.init.sha256 !== first.init.sha256) {
      throw new JobError(
        `The chunks of ${name} were encoded in different ways; remove ${output.uri(directory)} and run its transcode jobs again.`,
      );
    }
    const missing = missingSegments(files, record);
    if (missing.length > 0) {
      throw new MissingWork(
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
    init: await output.readBytes(directory + initSegment(mark)),
    template: segmentTemplate(mark),
    timescale: first.timescale,
    samples: records.reduce((sum, { samples }) => sum + samples, 0),
    start: first.start,
    duration: last.end - first.start,
    segments: records.flatMap(({ segments }) => segments),
  };
}
