import { publishEarly } from "../early/publish";
import { InputError } from "../errors";
import { seekMargins } from "../ffmpeg/seek";
import type { ProgressReport } from "../ffmpeg/progress";
import { paths } from "../output/paths";
import { readRecord, writeRecord } from "../output/record";
import { segmentsAreThere } from "../output/segments";
import { chunkOf } from "../plan/chunks";
import { HeldOutput } from "../plan/held";
import { renditionOf } from "../plan/read";
import { assertSourceUnchanged } from "../plan/source";
import { baseName, quoted } from "../storage/uri";
import type { ChunkWork } from "../transcode/publishChunk";
import { publishChunk, TooFewFrames } from "../transcode/publishChunk";
import type { Job, Stores } from "./job";

/** Encodes one chunk of a rendition, publishes its segments and then its record, and makes it playable. */
export async function transcode(job: Job, { source, target }: Stores, report: ProgressReport): Promise<void> {
  if (job.rendition === undefined) throw new InputError("transcode needs --rendition NAME.");
  if (job.part === undefined) throw new InputError("transcode needs --part N.");
  const held = await HeldOutput.open(target, job.output, job.plan);
  const { plan } = held;
  const rendition = renditionOf(plan, job.rendition);
  const chunk = chunkOf(plan, job.part, job.index);

  const recordUri = paths.record(job.output, rendition.name, chunk);
  const directory = paths.segments(job.output, rendition.name);
  const earlier = await readRecord(target, recordUri, plan.fingerprint);
  if (!earlier || !(await segmentsAreThere(target, directory, earlier))) {
    await assertSourceUnchanged(plan, source, job.input);
    const input = await source.mediaInput(job.input);
    const subject = quoted(baseName(job.input));
    const work: ChunkWork = { plan, rendition, chunk, input, subject, storage: target, directory, report };
    await writeRecord(held, recordUri, await encoded(work, await seekMargins(target, job.output)));
  }
  report.playable(await publishEarly(held, job.output, plan, rendition.name));
  report.reached(1);
}

/** Should a container's seek have ended behind the chunk's first keyframe, reading begins earlier and all is done anew. */
async function encoded(work: ChunkWork, [margin = 0, ...wider]: number[]): ReturnType<typeof publishChunk> {
  try {
    return await publishChunk(work, margin);
  } catch (error) {
    if (!(error instanceof TooFewFrames) || wider.length === 0 || work.chunk.number === 0) throw error;
    return encoded(work, wider);
  }
}
