import type { Damage } from "../../contract/damage";
import type { Encode } from "./encode";
import type { Body } from "../storage/storage";
import type { OwnedOutput } from "./ownedOutput";

/**
 * What a finished job records about its segments: enough for packaging to write playlists and the index of an MP4 without reading
 * the media. It is written after them, so where there is a record, its segments are there too.
 */
export interface TrackRecord extends Encode {
  version: 1;
  /** The Batch job that made it; of an array job, the parent. Absent in work by hand. */
  job?: string;
  /** Pictures, or audio frames. */
  samples: number;
  /** Ticks per second of every time in the record. */
  timescale: number;
  /** Presentation time of the first sample, and the end of the last. */
  start: number;
  end: number;
  init: InitRecord;
  /** Where the source is damaged, as far as this job has found. Absent where it isn't. */
  damage?: Damage[];
  segments: SegmentRecord[];
}

export interface InitRecord {
  bytes: number;
  sha256: string;
}

export interface SegmentRecord {
  name: string;
  /** Presentation time of its first sample. */
  time: number;
  bytes: number;
  /** Ticks from its first sample to the first one of the next segment, in presentation time. */
  duration: number;
  fragments: FragmentRecord[];
}

/** One `moof` and `mdat`; for video one GOP, beginning with its keyframe. */
export interface FragmentRecord {
  /** Byte positions in the segment of the fragment and of its first sample. */
  offset: number;
  dataOffset: number;
  /** Ticks from its first sample to the first one of the next fragment, in presentation time. */
  duration: number;
  /** Bytes of each sample, in decoding order. */
  sizes: number[];
  /** Decoding duration of each sample. */
  durations: Run[];
  /** Presentation time minus decoding time. */
  compositions: Run[];
}

/** A number of consecutive samples, and the value that they share. */
export type Run = [count: number, value: number];

export function runsOf(values: readonly number[]): Run[] {
  const runs: Run[] = [];
  for (const value of values) {
    const last = runs.at(-1);
    if (last?.[1] === value) last[0] += 1;
    else runs.push([1, value]);
  }
  return runs;
}

/** The record at a path, if it is there and belongs to the output's plan. */
export async function readRecord(output: OwnedOutput, path: string): Promise<TrackRecord | undefined> {
  return parseRecord(output, await output.readText(path));
}

export function parseRecord(output: OwnedOutput, text: string | undefined): TrackRecord | undefined {
  if (text === undefined) return undefined;
  const record = JSON.parse(text) as TrackRecord;
  return record.version === 1 && record.fingerprint === output.plan.fingerprint ? record : undefined;
}

export async function writeRecord(output: OwnedOutput, path: string, record: TrackRecord): Promise<void> {
  await writeRecordText(output, path, JSON.stringify(record));
}

export async function writeRecordText(output: OwnedOutput, path: string, text: Body): Promise<void> {
  await output.write(path, text, { intermediate: true });
}
