import type { Ladder, Plan } from "../../../../contract/plan";
import { box, fullBox, uint32 } from "../../../../worker/fmp4/boxes";
import { AUDIO_CODECS } from "../../../../worker/audio/codecs/audioCodecs";
import type { EncodedBy } from "../../../../contract/encodedBy";
import { encodeMark } from "../../../../worker/output/encode";
import { AUDIO, initSegment, outputs, segmentName } from "../../../../contract/outputs";
import type { SegmentRecord, TrackRecord } from "../../../../worker/output/record";
import type { Chunk } from "../../../../worker/plan/chunks";
import { chunksOf } from "../../../../worker/plan/chunks";
import { makePlan } from "../../../../worker/plan/makePlan";
import type { Storage } from "../../../../worker/storage/storage";
import { joinUri } from "../../../../worker/storage/uri";
import { LADDER } from "../../workerProcess";

export const OUTPUT = "s3://out/video";

/** The encoder of everything that these tests make, unless they say otherwise. */
export const ENCODED_BY: EncodedBy = { ffmpeg: "5.1.9", libavcodec: "59.37.100", encoder: "libx264", library: "164" };

export function markOf({ fingerprint }: Plan, encodedBy = ENCODED_BY): string {
  return encodeMark({ fingerprint, encodedBy });
}

/** A plan of five chunks of two segments each, in two renditions with sound. */
export function planOf(changes: Partial<Ladder> = {}): Plan {
  const keyframes = Array.from({ length: 20 }, (_, index) => index * 1000);
  const source: Plan["source"] = {
    ...{
      uri: "s3://in/clip.mp4",
      bytes: 1,
      etag: "e",
      timeBase: [1, 1000],
      videoStream: 0,
      audioStreams: [{ stream: 1, channels: 2 }],
    },
    ...{ durationSeconds: 20, frames: 500, frameRate: [25, 1], width: 160, height: 180 },
  };
  const [rendition] = LADDER.renditions;
  const renditions = ["90p", "144p"].map((name, index) => ({ ...rendition!, name, height: 90 + 54 * index }));
  const ladder = { ...LADDER, renditions, parts: [{ seconds: 4 }, {}], chunkSeconds: 4, ...changes };
  return makePlan(source, { keyframes, frames: keyframes.map(() => 25), end: 20_000 }, ladder);
}

/** What a transcode job leaves when it has done a chunk, up to its record. */
export async function finishChunk(
  storage: Storage,
  plan: Plan,
  rendition: string,
  chunk: Chunk,
  encodedBy = ENCODED_BY,
): Promise<void> {
  const mark = markOf(plan, encodedBy);
  await storage.write(joinUri(joinUri(OUTPUT, outputs.segments(rendition)), initSegment(mark)), VIDEO_INIT);
  const segments = timesOf(chunk).map((time) => segmentAt(mark, time, { bytes: 100_000, duration: 2000 }));
  const record: TrackRecord = {
    ...{ version: 1, fingerprint: plan.fingerprint, encodedBy, samples: chunk.frames, timescale: 1000 },
    ...{ start: chunk.start, end: chunk.end, init: { bytes: VIDEO_INIT.length, sha256: "" }, segments },
  };
  await storage.write(joinUri(OUTPUT, outputs.record(rendition, chunk, mark)), JSON.stringify(record));
}

export function segmentsOf(plan: Plan, chunk: Chunk, encodedBy = ENCODED_BY): string[] {
  return timesOf(chunk).map((time) => segmentName(markOf(plan, encodedBy), time));
}

/** Times of the two segments of a chunk. */
function timesOf({ start }: Chunk): number[] {
  return [start, start + 2000];
}

function segmentAt(mark: string, time: number, size: Pick<SegmentRecord, "bytes" | "duration">): SegmentRecord {
  return { name: segmentName(mark, time), time, ...size, fragments: [] };
}

/** The names of all segments of a rendition, in order. */
export function allSegments(plan: Plan): string[] {
  return chunksOf(plan).flatMap((chunk) => segmentsOf(plan, chunk));
}

export async function beginSound(storage: Storage, plan: Plan): Promise<SegmentRecord[]> {
  await storage.write(joinUri(joinUri(OUTPUT, outputs.segments(AUDIO)), initSegment(markOf(plan))), AUDIO_INIT);
  return Array.from({ length: 10 }, (_, index) =>
    segmentAt(markOf(plan), (10 + 2 * index) * AUDIO_CODECS.aac.sampleRate, { bytes: 24_000, duration: 96_000 }),
  );
}

/** What is between a movie and its sample entry. */
function initWith(entry: Buffer): Buffer {
  const stsd = fullBox("stsd", 0, 0, uint32(1), entry);
  const mediaHeader = fullBox("mdhd", 0, 0, Buffer.alloc(20));
  const media = box("mdia", mediaHeader, box("minf", box("stbl", stsd)));
  return box("moov", box("trak", media));
}

export const VIDEO_INIT = initWith(box("avc1", Buffer.alloc(78), box("avcC", Buffer.from("0142c014", "hex"))));
/** An ES descriptor with a decoder configuration, and in there AAC-LC: object type 2 in the first five bits. */
const DESCRIPTORS = Buffer.concat([
  Buffer.from("0314000000040f", "hex"),
  Buffer.alloc(13),
  Buffer.from("050110", "hex"),
]);
export const AUDIO_INIT = initWith(box("mp4a", Buffer.alloc(28), fullBox("esds", 0, 0, DESCRIPTORS)));
