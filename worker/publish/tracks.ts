import type { Plan, PlanAudio, PlanRendition } from "../../contract/plan";
import { JobError } from "../errors";
import { chunkName, initSegment, segmentTemplate } from "../../contract/outputs";
import { paths } from "../output/paths";
import type { SegmentRecord, TrackRecord } from "../output/record";
import { readRecord } from "../output/record";
import { missingSegments } from "../output/segments";
import { chunksOf } from "../plan/chunks";
import type { Storage } from "../storage/storage";
import { below } from "../storage/uri";

/** All the segments of a rendition or of the sound, checked. */
export interface Track {
  name: string;
  /** The directory of the segments, with the slash. */
  directory: string;
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

/** All tracks of an output. */
export interface Tracks {
  videos: { rendition: PlanRendition; track: Track }[];
  /** The default one first. */
  audio: { sound: PlanAudio; track: Track }[];
}

/** Everything that the plan asks for, checked before anything is written. */
export async function checkedTracks(storage: Storage, output: string, plan: Plan): Promise<Tracks> {
  const audio = await Promise.all(
    (plan.audio ?? []).map(async (sound) => ({ sound, track: await audioTrack(storage, output, plan, sound) })),
  );
  const videos = await Promise.all(
    plan.renditions.map(async (rendition) => ({
      rendition,
      track: await videoTrack(storage, output, plan, rendition.name),
    })),
  );
  return { videos, audio };
}

/** A rendition's track: every chunk's record is there, of this plan, with every frame of the source. */
async function videoTrack(storage: Storage, output: string, plan: Plan, rendition: string): Promise<Track> {
  const records: TrackRecord[] = [];
  for (const chunk of chunksOf(plan)) {
    const name = `${rendition}-${chunkName(chunk)}`;
    const record = await readRecord(storage, paths.record(output, rendition, chunk), plan.fingerprint);
    if (!record)
      throw new JobError(`Chunk ${name} is missing or was made for another plan; run its transcode job again.`);
    if (record.samples !== chunk.frames || record.start !== chunk.start || record.end !== chunk.end) {
      throw new JobError(
        `Chunk ${name} has ${record.samples} frames where the plan has ${chunk.frames}; run its transcode job again.`,
      );
    }
    records.push(record);
  }
  return join(storage, output, rendition, records);
}

async function audioTrack(storage: Storage, output: string, plan: Plan, { name }: PlanAudio): Promise<Track> {
  const record = await readRecord(storage, paths.audioRecord(output, name), plan.fingerprint);
  if (!record) throw new JobError("The sound is missing or was made for another plan; run the audio job again.");
  return join(storage, output, name, [record]);
}

async function join(storage: Storage, output: string, name: string, records: readonly TrackRecord[]): Promise<Track> {
  const [first, last] = [records[0], records.at(-1)];
  if (!first || !last) throw new JobError(`The plan has no chunks for ${name}.`);
  const directory = paths.segments(output, name);
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
    initName: initSegment(first),
    init: await bytesOf(storage, below(directory, initSegment(first))),
    template: segmentTemplate(first),
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
