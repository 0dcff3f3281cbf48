import type { Damage } from "../../../contract/damage";
import { JobError, MissingWork } from "../../errors/errors";
import type { EncodedBy } from "../../../contract/encodedBy";
import { initSegment, outputs, segmentTemplate } from "../../../contract/outputs";
import { encodeMark } from "../../output/encode";
import type { OwnedOutput } from "../../output/ownedOutput";
import type { MovieTrack } from "../../fmp4/movie";
import { SampleTables } from "../../fmp4/sampleTables";
import type { TrackRecord } from "../../output/record";
import { missingFiles } from "../../output/segments";
import { SegmentTable } from "./segmentTable";

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
  /** Where its jobs have found the source damaged. */
  damage: readonly Damage[];
  segments: SegmentTable;
  /** What the index of an MP4 lists of its samples. They are read again for each MP4, since they are too many to be held. */
  tables: Pick<MovieTrack, "delay" | "counts" | "readTables">;
}

/** Reads the records of a track, in order and all of one encode, one at a time. */
export type ReadRecords = () => AsyncIterable<TrackRecord>;

/** Joins the records of a track. Fails if they don't belong together or a segment is missing. */
export async function joinRecords(output: OwnedOutput, name: string, read: ReadRecords): Promise<Track> {
  let joined: Joined | undefined;
  for await (const record of read()) {
    joined ??= new Joined(record);
    if (record.init.sha256 !== joined.first.init.sha256) {
      throw new JobError(
        `The chunks of ${name} were encoded in different ways; remove ${output.uri(outputs.segments(name))} and run its transcode jobs again.`,
      );
    }
    joined.add(record);
  }
  if (!joined) throw new JobError(`The plan has no chunks for ${name}.`);
  await assertThere(output, name, joined);
  return describe(output, name, joined, read);
}

/** What is held of the records that were read. */
class Joined {
  /** The first record says what all of them share, and where the track begins. */
  readonly first: Pick<TrackRecord, "encodedBy" | "init" | "timescale" | "start">;
  readonly mark: string;
  readonly segments: SegmentTable;
  readonly tables = SampleTables.counted();
  readonly damage: Damage[] = [];
  delay: number | undefined;
  samples = 0;
  end = 0;

  constructor(record: TrackRecord) {
    const { encodedBy, init, timescale, start } = record;
    this.first = { encodedBy, init, timescale, start };
    this.mark = encodeMark(record);
    this.segments = new SegmentTable(this.mark);
  }

  add({ samples, end, damage = [], segments }: TrackRecord): void {
    this.damage.push(...damage);
    for (const segment of segments) {
      this.segments.add(segment);
      for (const fragment of segment.fragments) {
        this.tables.add(fragment);
        this.delay ??= fragment.compositions[0]?.[1];
      }
    }
    this.samples += samples;
    this.end = end;
  }
}

async function assertThere(output: OwnedOutput, name: string, { first, mark, segments }: Joined): Promise<void> {
  const files = await output.list(outputs.segments(name));
  const missing = missingFiles(files, mark, first.init, segments);
  if (missing.length === 0) return;
  throw new MissingWork(
    `${missing.length} segments of ${name} are missing or cut off, the first is ${missing[0]}; run its jobs again.`,
  );
}

async function describe(output: OwnedOutput, name: string, joined: Joined, read: ReadRecords): Promise<Track> {
  const { first, mark, damage, segments, tables, delay = 0, samples, end } = joined;
  const directory = outputs.segments(name);
  const duration = end - first.start;
  tables.finish(duration);
  return {
    name,
    directory,
    encodedBy: first.encodedBy,
    mark,
    initName: initSegment(mark),
    init: await output.readBytes(directory + initSegment(mark)),
    template: segmentTemplate(mark),
    timescale: first.timescale,
    samples,
    start: first.start,
    duration,
    damage,
    segments,
    tables: { delay, counts: tables.counts, readTables: () => readTables(name, segments, duration, read) },
  };
}

/** Fails if another job has meanwhile written other records: the playlists list what was there before. */
async function readTables(
  name: string,
  segments: SegmentTable,
  duration: number,
  read: ReadRecords,
): Promise<SampleTables> {
  const tables = SampleTables.stored();
  let index = 0;
  for await (const record of read()) {
    for (const segment of record.segments) {
      if (!segments.describes(index, segment)) throw changed(name);
      for (const fragment of segment.fragments) tables.add(fragment);
      index += 1;
    }
  }
  if (index < segments.length) throw changed(name);
  tables.finish(duration);
  return tables;
}

function changed(name: string): JobError {
  return new JobError(`The records of ${name} changed while it was packaged; run the package job again.`);
}
