import { outputs } from "../../contract/outputs";
import type { Encode } from "../output/encode";
import { encodeMark } from "../output/encode";
import type { TrackRecord } from "../output/record";
import { readRecord, writeRecord } from "../output/record";
import type { RecordedChunks } from "../output/recordedChunks";
import { has, recordedChunks, wholeEncodes } from "../output/recordedChunks";
import { segmentsAreThere } from "../output/segments";
import type { Chunk } from "../plan/chunks";
import { chunksOf } from "../plan/chunks";
import type { OwnedOutput } from "../output/ownedOutput";
import { leftOver } from "./remainingChunks";

/** The records of a rendition, as seen by a job that encodes a chunk of it. */
export class RenditionRecords {
  private readonly mark: string;
  private readonly chunks: Chunk[];

  /**
   * @param encode What the job's own ffmpeg makes.
   * @param batchJob The Batch job; for a child of an array job, the parent. Absent in work by hand.
   */
  constructor(
    private readonly output: OwnedOutput,
    private readonly rendition: string,
    readonly encode: Encode,
    private readonly batchJob: string | undefined,
  ) {
    this.mark = encodeMark(encode);
    this.chunks = chunksOf(output.plan);
  }

  path(chunk: Chunk, mark = this.mark): string {
    return outputs.record(this.rendition, chunk, mark);
  }

  async write(chunk: Chunk, record: TrackRecord): Promise<void> {
    await writeRecord(this.output, this.path(chunk), { ...record, ...this.signature() });
  }

  /** Should jobs of the same array have another encoder, they have to know that the one of this chunk is over. */
  private async sign(chunk: Chunk, record: TrackRecord, mark: string): Promise<void> {
    const { job } = this.signature();
    if (job !== undefined && job !== record.job)
      await writeRecord(this.output, this.path(chunk, mark), { ...record, job });
  }

  private signature(): Pick<TrackRecord, "job"> {
    return this.batchJob === undefined ? {} : { job: this.batchJob };
  }

  /** Whether a chunk has to be made: neither was it by this encoder, nor has another one made all of the rendition. */
  async lacks(chunk: Chunk): Promise<boolean> {
    const recorded = await this.recorded();
    for (const mark of new Set([this.mark, ...wholeEncodes(recorded, this.chunks)])) {
      const record = has(recorded, mark, chunk) ? await this.read(chunk, mark) : undefined;
      if (!record) continue;
      if (await segmentsAreThere(this.output, this.rendition, record)) {
        await this.sign(chunk, record, mark);
        return false;
      }
      // That encode is not whole, which the jobs of the other chunks have to know.
      if (mark !== this.mark) await this.output.remove(this.path(chunk, mark));
    }
    return true;
  }

  /** What is left for the job of a chunk to make, once that one is done. */
  async leftOver(own: Chunk): Promise<Chunk[]> {
    const recorded = await this.recorded();
    return leftOver(this.chunks, own, recorded, this.mark, (chunk) => this.isOver(chunk, recorded));
  }

  private async isOver(chunk: Chunk, recorded: RecordedChunks): Promise<boolean> {
    const { batchJob } = this;
    if (batchJob === undefined) return false;
    for (const mark of recorded.keys()) {
      if (has(recorded, mark, chunk) && (await this.read(chunk, mark))?.job === batchJob) return true;
    }
    return false;
  }

  private recorded(): Promise<RecordedChunks> {
    return recordedChunks(this.output, this.rendition);
  }

  private read(chunk: Chunk, mark: string): Promise<TrackRecord | undefined> {
    return readRecord(this.output, this.path(chunk, mark));
  }
}
