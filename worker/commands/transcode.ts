import type { PlanRendition } from "../../contract/plan";
import { announcePlayable } from "../publish/early/announce";
import { publishEarly } from "../publish/early/publish";
import { InputError } from "../errors/errors";
import { seekMargins } from "../video/seek";
import { identifyEncoder } from "../ffmpeg/identifyEncoder";
import type { ProgressReport } from "../ffmpeg/progress";
import type { Chunk } from "../plan/chunks";
import { chunkOf } from "../plan/chunks";
import { OwnedOutput } from "../output/ownedOutput";
import { findRendition } from "../plan/findRendition";
import { renditionsInJob } from "../plan/sharing";
import { assertSourceUnchanged } from "../source/assertSourceUnchanged";
import { recordingAt, recordingOf } from "../source/joins/recordings";
import { openSource, reading, type Source } from "../source/loopback/source";
import { baseName, quote } from "../storage/uri";
import { renditionNeeds } from "../video/needs";
import { encodeChunk } from "../video/encodeChunk";
import type { ChunkWork } from "../video/publishChunk";
import { RenditionRecords } from "../video/renditionRecords";
import { awaitConcurrentJob } from "../output/concurrentJob";
import type { Job, Stores } from "./job";

/** Encodes one chunk of a rendition and of those that are encoded with it, publishes segments, then records, and makes them playable. */
export async function transcode(job: Job, stores: Stores, report: ProgressReport): Promise<void> {
  if (job.rendition === undefined) throw new InputError("transcode needs --rendition NAME.");
  if (job.part === undefined) throw new InputError("transcode needs --part N.");
  const output = await OwnedOutput.open(stores.target, job.output, job.plan);
  const { plan } = output;
  const rendition = findRendition(plan, job.rendition);
  const chunk = chunkOf(plan, job.part, job.index);
  const together = await Promise.all(
    renditionsInJob(plan.renditions, rendition).map(async (one): Promise<Track> => {
      const encode = { fingerprint: plan.fingerprint, encodedBy: await identifyEncoder(renditionNeeds(plan, one)) };
      return { rendition: one, records: new RenditionRecords(output, one.name, encode, job.batchJob) };
    }),
  );
  const encoding = new Encoding(job, stores, output, report);
  try {
    await encoding.make(chunk, await filterAsync(together, ({ records }) => records.lacks(chunk)));
    for (let next = await nextRemaining(together, chunk); next; next = await nextRemaining(together, chunk)) {
      await encoding.make(next.chunk, next.tracks);
    }
  } finally {
    encoding.close();
  }
  for (const { rendition: one } of together) {
    await announcePlayable(output, await output.guard(() => publishEarly(output, one.name)), { video: job, report });
  }
  report.update(1);
}

interface Track {
  rendition: PlanRendition;
  records: RenditionRecords;
}

/** The next chunk that the job has to encode besides its own, and the renditions that lack it. */
async function nextRemaining(
  together: readonly Track[],
  own: Chunk,
): Promise<{ chunk: Chunk; tracks: Track[] } | undefined> {
  const remaining = await Promise.all(together.map(({ records }) => records.remaining(own)));
  const all = remaining.flat();
  // Jobs that finish at the same time begin with different chunks.
  const chunk = all[own.number % all.length];
  if (!chunk) return undefined;
  const tracks = together.filter((_, index) => remaining[index]?.some(({ number }) => number === chunk.number));
  return { chunk, tracks };
}

async function filterAsync<T>(items: readonly T[], wanted: (item: T) => Promise<boolean>): Promise<T[]> {
  const flags = await Promise.all(items.map(wanted));
  return items.filter((_, index) => flags[index]);
}

/** Encodes the chunks of a job. The source is opened when there is the first one to encode, and again for another recording in it. */
class Encoding {
  private source: Source | undefined;
  private recording: number | undefined;

  constructor(
    private readonly job: Job,
    private readonly stores: Stores,
    private readonly output: OwnedOutput,
    private readonly report: ProgressReport,
  ) {}

  async make(chunk: Chunk, tracks: readonly Track[]): Promise<void> {
    if (tracks.length === 0) return;
    const { output, report, job } = this;
    const input = await this.sourceOf(chunk);
    const subject = quote(baseName(job.input));
    const works = tracks.map(({ rendition, records: { encode } }): ChunkWork => {
      return { output, rendition, encode, chunk, input, subject, report };
    });
    const began = performance.now();
    const margins = await seekMargins(output);
    const made = await reading(input, () => encodeChunk(works, margins, job));
    // The other job began before this one ended, and may take as long.
    const patience = 1.5 * (performance.now() - began) + 30_000;
    for (const [index, record] of made.entries()) {
      const { rendition, records } = tracks[index] as Track;
      const written = { track: rendition.name, record, path: records.path(chunk) };
      if (await awaitConcurrentJob(output, written, patience)) continue;
      await records.write(chunk, record);
    }
  }

  close(): void {
    this.source?.close();
  }

  private async sourceOf({ sourceStart }: Chunk): Promise<Source> {
    const { output, job, stores } = this;
    const { plan } = output;
    const recording = recordingAt(plan.source, sourceStart);
    if (this.source && recording === this.recording) return this.source;
    if (this.source) this.source.close();
    else await assertSourceUnchanged(plan, stores.source, job.input);
    this.recording = recording;
    return (this.source = await openSource(stores.source, job.input, recordingOf(plan.source, recording)));
  }
}
