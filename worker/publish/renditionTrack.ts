import { JobError } from "../errors";
import { nameOf } from "../output/encode";
import { chunkName } from "../../contract/outputs";
import { paths } from "../output/paths";
import type { TrackRecord } from "../output/record";
import { readRecord } from "../output/record";
import type { RecordedChunks } from "../output/recordedChunks";
import { has, recordedChunks, wholeEncodes } from "../output/recordedChunks";
import type { Chunk } from "../plan/chunks";
import { chunksOf } from "../plan/chunks";
import type { TrackPlace } from "./chosenEncode";
import { firstWhole, playedFirst } from "./chosenEncode";
import type { Track } from "./track";
import { joined } from "./track";

/** A rendition's track, of one encoder that has made all of it. */
export async function renditionTrack(place: TrackPlace): Promise<Track> {
  const { storage, output, plan, name } = place;
  const there = await recordedChunks(storage, output, plan, name);
  const marks = wholeEncodes(there, chunksOf(plan));
  if (marks.length === 0) throw new JobError(await incomplete(place, there));
  return firstWhole((await playedFirst(place, marks)).map((mark) => () => encodedTrack(place, mark)));
}

/** Every chunk's record is there, with every frame of the source. */
async function encodedTrack(place: TrackPlace, mark: string): Promise<Track> {
  const { storage, output, plan, name } = place;
  const records: TrackRecord[] = [];
  for (const chunk of chunksOf(plan)) {
    const record = await recordOf(place, chunk, mark);
    if (!record) throw new JobError(missing(name, chunk));
    if (record.samples !== chunk.frames || record.start !== chunk.start || record.end !== chunk.end) {
      throw new JobError(
        `Chunk ${name}-${chunkName(chunk)} has ${record.samples} frames where the plan has ${chunk.frames}; run its transcode job again.`,
      );
    }
    records.push(record);
  }
  return joined(storage, output, name, records);
}

/** Why no encoder has all chunks of a rendition. */
async function incomplete(place: TrackPlace, there: RecordedChunks): Promise<string> {
  const chunks = chunksOf(place.plan);
  const marks = [...there.keys()].sort();
  const absent = chunks.find((chunk) => !marks.some((mark) => has(there, mark, chunk)));
  if (absent) return missing(place.name, absent);
  const names: string[] = [];
  for (const mark of marks) {
    const chunk = chunks.find((one) => has(there, mark, one));
    const record = chunk && (await recordOf(place, chunk, mark));
    if (record) names.push(nameOf(record.encodedBy));
  }
  return `Some chunks of ${place.name} were encoded by ${names.join(", others by ")}, which don't join; run its transcode jobs again with one image.`;
}

function recordOf(
  { storage, output, plan, name }: TrackPlace,
  chunk: Chunk,
  mark: string,
): Promise<TrackRecord | undefined> {
  return readRecord(storage, paths.record(output, name, chunk, mark), plan.fingerprint);
}

function missing(rendition: string, chunk: Chunk): string {
  return `Chunk ${rendition}-${chunkName(chunk)} is missing or was made for another plan; run its transcode job again.`;
}
