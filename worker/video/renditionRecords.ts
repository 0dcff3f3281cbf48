import type { Plan } from "../../contract/plan";
import type { Encode } from "../output/encode";
import { encodeMark } from "../output/encode";
import { paths } from "../output/paths";
import type { TrackRecord } from "../output/record";
import { readRecord, writeRecord } from "../output/record";
import type { RecordedChunks } from "../output/recordedChunks";
import { has, recordedChunks, wholeEncodes } from "../output/recordedChunks";
import { segmentsAreThere } from "../output/segments";
import type { Chunk } from "../plan/chunks";
import { chunksOf } from "../plan/chunks";
import type { HeldOutput } from "../output/ownership";
import { leftOver } from "./leftOver";

/** What is there of a rendition, as a job sees it that makes a chunk of it. */
export class RenditionRecords {
  /** Of the rendition's segments. */
  readonly directory: string;
  private readonly mark: string;
  private readonly chunks: Chunk[];

  constructor(
    private readonly held: HeldOutput,
    private readonly job: { output: string; batchJob?: string },
    private readonly plan: Plan,
    private readonly rendition: string,
    /** What the job's own ffmpeg makes. */
    readonly encode: Encode,
  ) {
    this.directory = paths.segments(job.output, rendition);
    this.mark = encodeMark(encode);
    this.chunks = chunksOf(plan);
  }

  uri(chunk: Chunk, mark = this.mark): string {
    return paths.record(this.job.output, this.rendition, chunk, mark);
  }

  async write(chunk: Chunk, record: TrackRecord): Promise<void> {
    await writeRecord(this.held, this.uri(chunk), { ...record, ...this.signature() });
  }

  /** Should jobs of the same array have another encoder, they have to know that the one of this chunk is over. */
  private async sign(chunk: Chunk, record: TrackRecord, mark: string): Promise<void> {
    const { job } = this.signature();
    if (job !== undefined && job !== record.job)
      await writeRecord(this.held, this.uri(chunk, mark), { ...record, job });
  }

  private signature(): Pick<TrackRecord, "job"> {
    const { batchJob } = this.job;
    return batchJob === undefined ? {} : { job: batchJob };
  }

  /** Whether a chunk has to be made: neither was it by this encoder, nor has another one made all of the rendition. */
  async lacks(chunk: Chunk): Promise<boolean> {
    const recorded = await this.recorded();
    for (const mark of new Set([this.mark, ...wholeEncodes(recorded, this.chunks)])) {
      const record = has(recorded, mark, chunk) ? await this.read(chunk, mark) : undefined;
      if (!record) continue;
      if (await segmentsAreThere(this.held, this.directory, record)) {
        await this.sign(chunk, record, mark);
        return false;
      }
      // That encode is not whole, which the jobs of the other chunks have to know.
      if (mark !== this.mark) await this.held.remove(this.uri(chunk, mark));
    }
    return true;
  }

  /** What is left for the job of a chunk to make, once that one is done. */
  async leftOver(own: Chunk): Promise<Chunk[]> {
    const recorded = await this.recorded();
    return leftOver(this.chunks, own, recorded, this.mark, (chunk) => this.isOver(chunk, recorded));
  }

  private async isOver(chunk: Chunk, recorded: RecordedChunks): Promise<boolean> {
    const { batchJob } = this.job;
    if (batchJob === undefined) return false;
    for (const mark of recorded.keys()) {
      if (has(recorded, mark, chunk) && (await this.read(chunk, mark))?.job === batchJob) return true;
    }
    return false;
  }

  private recorded(): Promise<RecordedChunks> {
    return recordedChunks(this.held, this.job.output, this.plan, this.rendition);
  }

  private read(chunk: Chunk, mark: string): Promise<TrackRecord | undefined> {
    return readRecord(this.held, this.uri(chunk, mark), this.plan.fingerprint);
  }
}
