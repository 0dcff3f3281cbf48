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
import { remainingChunks } from "./remainingChunks";

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

  /** Names this job in the record: other jobs of the array, which may have another encoder, learn that it is over. */
  private async sign(chunk: Chunk, record: TrackRecord, mark: string): Promise<void> {
    const { job } = this.signature();
    if (job !== undefined && job !== record.job)
      await writeRecord(this.output, this.path(chunk, mark), { ...record, job });
  }

  private signature(): Pick<TrackRecord, "job"> {
    return this.batchJob === undefined ? {} : { job: this.batchJob };
  }

  /** Whether a chunk has to be encoded: this encoder has not made it, and no other encoder has made the whole rendition. */
  async lacks(chunk: Chunk): Promise<boolean> {
    const recorded = await this.recorded();
    for (const mark of new Set([this.mark, ...wholeEncodes(recorded, this.chunks)])) {
      const record = has(recorded, mark, chunk) ? await this.read(chunk, mark) : undefined;
      if (!record) continue;
      if (await segmentsAreThere(this.output, this.rendition, record)) {
        await this.sign(chunk, record, mark);
        return false;
      }
      // The jobs of the other chunks have to learn that this encode is not whole.
      if (mark !== this.mark) await this.output.remove(this.path(chunk, mark));
    }
    return true;
  }

  /** The chunks that remain for the job of a chunk once this one is done. */
  async remaining(own: Chunk): Promise<Chunk[]> {
    const { chunks, mark } = this;
    const recorded = await this.recorded();
    return remainingChunks({ chunks, own, recorded, mark, isOver: (chunk) => this.isOver(chunk, recorded) });
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
