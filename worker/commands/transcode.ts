import type { PlanRendition } from "../../contract/plan";
import { publishEarly } from "../publish/early/publish";
import { InputError } from "../errors";
import { seekMargins } from "../video/seek";
import type { ProgressReport } from "../ffmpeg/progress";
import { paths } from "../output/paths";
import { readRecord, writeRecord } from "../output/record";
import { segmentsAreThere } from "../output/segments";
import { chunkOf } from "../plan/chunks";
import { HeldOutput } from "../output/ownership";
import { renditionOf } from "../plan/read";
import { encodedTogether } from "../plan/sharing";
import { assertSourceUnchanged } from "../source/unchanged";
import { baseName, quoted } from "../storage/uri";
import type { ChunkWork } from "../video/publishChunk";
import { publishChunk, TooFewFrames } from "../video/publishChunk";
import { isReplaced } from "../output/concurrentJob";
import type { Job, Stores } from "./job";

/** Encodes one chunk of a rendition and of those that go with it, publishes segments and then records, and makes them playable. */
export async function transcode(job: Job, { source, target }: Stores, report: ProgressReport): Promise<void> {
  if (job.rendition === undefined) throw new InputError("transcode needs --rendition NAME.");
  if (job.part === undefined) throw new InputError("transcode needs --part N.");
  const held = await HeldOutput.open(target, job.output, job.plan);
  const { plan } = held;
  const rendition = renditionOf(plan, job.rendition);
  const chunk = chunkOf(plan, job.part, job.index);

  const together = encodedTogether(plan.renditions, rendition);
  const missing: PlanRendition[] = [];
  for (const one of together) {
    const earlier = await readRecord(target, paths.record(job.output, one.name, chunk), plan.fingerprint);
    const directory = paths.segments(job.output, one.name);
    if (!earlier || !(await segmentsAreThere(target, directory, earlier))) missing.push(one);
  }
  if (missing.length > 0) {
    await assertSourceUnchanged(plan, source, job.input);
    const input = await source.mediaInput(job.input);
    const subject = quoted(baseName(job.input));
    const works = missing.map((one): ChunkWork => {
      const directory = paths.segments(job.output, one.name);
      return { plan, rendition: one, chunk, input, subject, storage: target, directory, report };
    });
    const began = performance.now();
    const records = await encoded(works, await seekMargins(target, job.output));
    // The other job began before this one ended, and may take as long.
    const patience = 1.5 * (performance.now() - began) + 30_000;
    for (const [index, record] of records.entries()) {
      const { name } = missing[index] as PlanRendition;
      const uri = paths.record(job.output, name, chunk);
      if (await isReplaced(held, paths.segments(job.output, name), record, uri, patience)) continue;
      await writeRecord(held, uri, record);
    }
  }
  for (const { name } of together) {
    report.playable(await held.during(() => publishEarly(held, job.output, plan, name)));
  }
  report.reached(1);
}

/** Should a container's seek have ended behind the chunk's first keyframe, reading begins earlier and all is done anew. */
async function encoded(works: ChunkWork[], [margin = 0, ...wider]: number[]): ReturnType<typeof publishChunk> {
  try {
    return await publishChunk(works, margin);
  } catch (error) {
    if (!(error instanceof TooFewFrames) || wider.length === 0 || works[0]?.chunk.number === 0) throw error;
    return encoded(works, wider);
  }
}
