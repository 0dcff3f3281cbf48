import { createHash } from "node:crypto";

import type { TimedSample } from "../fmp4/fragment";
import { SEGMENT_TYPE, writeFragment } from "../fmp4/fragment";
import type { Encode } from "./encode";
import { encodeMark } from "./encode";
import type { OwnedOutput } from "./ownedOutput";
import { initSegment, outputs, segmentName } from "../../contract/outputs";
import type { FragmentRecord, InitRecord, SegmentRecord, TrackRecord } from "./record";
import { runsOf } from "./record";

export interface SegmentTarget {
  output: OwnedOutput;
  track: string;
  encode: Encode;
  /** Time at which the first segment begins, and the target duration of a segment, both in ticks of the track. */
  start: number;
  segmentTicks: number;
  /** How much earlier than its presentation time a sample is normally decoded, in ticks. */
  delay: number;
  /** Sequence number before the first fragment, so that sequence numbers grow through all chunks. */
  firstSequence: number;
}

export interface PublishedInit {
  bytes: Buffer;
  record: InitRecord;
}

export async function publishInit(
  { output, track, encode }: Pick<SegmentTarget, "output" | "track" | "encode">,
  bytes: Buffer,
): Promise<PublishedInit> {
  await output.writeMedia(outputs.init(track, encodeMark(encode)), bytes);
  return { bytes, record: { bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") } };
}

/**
 * Publishes fragments as media segments, and yields each once it is there. A segment takes the fragments that begin within its
 * `segmentTicks` of the track's time, so the segments of all renditions begin at the same pictures. Holds one segment at a time.
 */
export async function* publishSegments(
  target: SegmentTarget,
  fragments: AsyncIterable<TimedSample[]>,
): AsyncGenerator<SegmentRecord, void> {
  const mark = encodeMark(target.encode);
  let open: OpenSegment | undefined;
  let sequence = target.firstSequence;

  const publish = async ({ start, pieces, bytes, fragments }: OpenSegment, end: number): Promise<SegmentRecord> => {
    const name = segmentName(mark, start);
    await target.output.writeMedia(outputs.segment(target.track, mark, start), Buffer.concat(pieces, bytes));
    return { name, time: start, bytes, duration: end - start, fragments };
  };

  let end = target.start;
  for await (const samples of fragments) {
    const first = samples[0];
    if (!first) continue;
    const slot = Math.floor((first.pts - target.start + 0.5) / target.segmentTicks);
    if (open && open.slot !== slot) {
      yield await publish(open, first.pts);
      open = undefined;
    }
    open ??= { slot, start: first.pts, pieces: [SEGMENT_TYPE], bytes: SEGMENT_TYPE.length, fragments: [] };
    const bytes = writeFragment(++sequence, samples);
    const last = samples.at(-1) ?? first;
    end = last.dts + last.duration + target.delay;
    open.fragments.push(describe(open.bytes, bytes.length, end - first.pts, samples));
    open.pieces.push(bytes);
    open.bytes += bytes.length;
  }
  if (open) yield await publish(open, end);
}

interface OpenSegment {
  slot: number;
  start: number;
  pieces: Buffer[];
  bytes: number;
  fragments: FragmentRecord[];
}

function describe(offset: number, bytes: number, duration: number, samples: readonly TimedSample[]): FragmentRecord {
  const sizes = samples.map(({ data }) => data.length);
  const mediaBytes = sizes.reduce((sum, size) => sum + size, 0);
  return {
    offset,
    duration,
    dataOffset: offset + bytes - mediaBytes,
    sizes,
    durations: runsOf(samples.map(({ duration }) => duration)),
    compositions: runsOf(samples.map(({ pts, dts }) => pts - dts)),
  };
}

/** Whether everything that the record lists is there, with the size that it had. */
export async function segmentsAreThere(output: OwnedOutput, track: string, record: TrackRecord): Promise<boolean> {
  const there = await output.list(outputs.segments(track));
  return missingSegments(there, record).length === 0;
}

/** The names in the record whose files are absent or have another size. */
export function missingSegments(there: ReadonlyMap<string, number>, record: TrackRecord): string[] {
  return missingFiles(there, encodeMark(record), record.init, record.segments);
}

/** The names of the files of an encode, the initialisation segment first, that are absent or have another size. */
export function missingFiles(
  there: ReadonlyMap<string, number>,
  mark: string,
  init: InitRecord,
  segments: Iterable<Pick<SegmentRecord, "name" | "bytes">>,
): string[] {
  const missing: string[] = there.get(initSegment(mark)) === init.bytes ? [] : [initSegment(mark)];
  for (const { name, bytes } of segments) if (there.get(name) !== bytes) missing.push(name);
  return missing;
}
