import { JobError, MissingWork } from "../../errors/errors";
import { readChunkRecords } from "../../output/chunkRecords";
import { nameOf } from "../../output/encode";
import { chunkName, outputs } from "../../../contract/outputs";
import type { OwnedOutput } from "../../output/ownedOutput";
import type { TrackRecord } from "../../output/record";
import { readRecord } from "../../output/record";
import type { RecordedChunks } from "../../output/recordedChunks";
import { has, recordedChunks, wholeEncodes } from "../../output/recordedChunks";
import type { Chunk } from "../../plan/chunks";
import { chunksOf } from "../../plan/chunks";
import { firstComplete, playedFirst } from "./playedEncode";
import type { Track } from "./track";
import { joinRecords } from "./track";

/** The track of a rendition by one encoder that has made all of it, checked. */
export async function renditionTrack(output: OwnedOutput, name: string): Promise<Track> {
  const recorded = await recordedChunks(output, name);
  const marks = wholeEncodes(recorded, chunksOf(output.plan));
  if (marks.length === 0) throw new MissingWork(await whyIncomplete(output, name, recorded));
  const ordered = await playedFirst(output, name, marks);
  return firstComplete(ordered.map((mark) => () => joinRecords(output, name, () => encodeRecords(output, name, mark))));
}

/** Reads the records of an encode, and checks that every chunk has one with every frame of the source. */
async function* encodeRecords(output: OwnedOutput, name: string, mark: string): AsyncGenerator<TrackRecord> {
  const encode = { rendition: name, mark };
  for await (const [chunk, record] of readChunkRecords(output, encode, chunksOf(output.plan))) {
    if (!record) throw new MissingWork(missing(name, chunk));
    if (record.samples !== chunk.frames || record.start !== chunk.start || record.end !== chunk.end) {
      throw new JobError(
        `Chunk ${name}-${chunkName(chunk)} has ${record.samples} frames where the plan has ${chunk.frames}; run its transcode job again.`,
      );
    }
    yield record;
  }
}

/** Why no encoder has all chunks of a rendition. */
async function whyIncomplete(output: OwnedOutput, name: string, recorded: RecordedChunks): Promise<string> {
  const chunks = chunksOf(output.plan);
  const marks = [...recorded.keys()].sort();
  const absent = chunks.find((chunk) => !marks.some((mark) => has(recorded, mark, chunk)));
  if (absent) return missing(name, absent);
  const encoders: string[] = [];
  for (const mark of marks) {
    const chunk = chunks.find((one) => has(recorded, mark, one));
    const record = chunk && (await readRecord(output, outputs.record(name, chunk, mark)));
    if (record) encoders.push(nameOf(record.encodedBy));
  }
  return `Some chunks of ${name} were encoded by ${encoders.join(", others by ")}, which can't be joined; run its transcode jobs again with one image.`;
}

function missing(rendition: string, chunk: Chunk): string {
  return `Chunk ${rendition}-${chunkName(chunk)} is missing or was made for another plan; run its transcode job again.`;
}
