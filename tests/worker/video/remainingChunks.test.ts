import assert from "node:assert/strict";
import fc from "fast-check";

import type { EncodedBy } from "../../../contract/encodedBy";
import { encodeMark } from "../../../worker/output/encode";
import { chunkName, outputs } from "../../../contract/outputs";
import { readRecord } from "../../../worker/output/record";
import { recordedChunks, wholeEncodes } from "../../../worker/output/recordedChunks";
import type { Chunk } from "../../../worker/plan/chunks";
import { chunksOf } from "../../../worker/plan/chunks";
import { OwnedOutput } from "../../../worker/output/ownedOutput";
import { serialisePlan } from "../../../worker/plan/makePlan";
import { RenditionRecords } from "../../../worker/video/renditionRecords";
import { joinUri } from "../../../worker/storage/uri";
import { ENCODED_BY, finishChunk, OUTPUT, planOf, segmentsOf } from "../publish/early/unfinished";
import { MemoryStorage } from "../memoryStorage";
import { Turns } from "../turns";

const PLAN = planOf();
/** One chunk in the first part, and four in the second, which is an array job. */
const CHUNKS = chunksOf(PLAN);
/** Has the size that the records state. */
const SEGMENT = Buffer.alloc(100_000);
const ENCODERS = ["5.1", "7.1", "9.0"];

function encodedBy(ffmpeg: string): EncodedBy {
  return { ...ENCODED_BY, ffmpeg };
}

/** The jobs of a rendition, each with its own ffmpeg. */
class Jobs {
  readonly objects = new Map([[joinUri(OUTPUT, outputs.plan), Buffer.from(serialisePlan(PLAN))]]);
  /** The chunks that were made, such as `2-00001 by 5.1`. */
  readonly made: string[] = [];

  /** Leaves a chunk behind, as another execution does. */
  async leave(chunk: Chunk, ffmpeg: string): Promise<void> {
    await this.finish(new MemoryStorage(undefined, undefined, this.objects), chunk, ffmpeg);
  }

  lose(chunk: Chunk, ffmpeg: string): void {
    this.objects.delete(this.segments(chunk, ffmpeg)[0]!);
  }

  private async finish(storage: MemoryStorage, chunk: Chunk, ffmpeg: string): Promise<void> {
    for (const uri of this.segments(chunk, ffmpeg)) await storage.write(uri, SEGMENT);
    await finishChunk(storage, PLAN, "90p", chunk, encodedBy(ffmpeg));
  }

  private segments(chunk: Chunk, ffmpeg: string): string[] {
    return segmentsOf(PLAN, chunk, encodedBy(ffmpeg)).map((name) =>
      joinUri(joinUri(OUTPUT, outputs.segments("90p")), name),
    );
  }

  /** Runs the jobs of a part at the same time and in random order, like the children of an array job. */
  async run(part: number, ffmpegs: readonly string[], seed: number): Promise<void> {
    const turns = new Turns();
    const jobs = CHUNKS.filter((chunk) => chunk.part === part).map((chunk) =>
      this.job(chunk, ffmpegs[chunk.number]!, `job of part ${part}`, turns.of(String(chunk.number))),
    );
    await turns.until(Promise.all(jobs), seed);
  }

  private async job(own: Chunk, ffmpeg: string, batchJob: string, turn: () => Promise<void>): Promise<void> {
    const storage = new MemoryStorage(turn, undefined, this.objects);
    const output = await OwnedOutput.open(storage, OUTPUT);
    const encode = { fingerprint: PLAN.fingerprint, encodedBy: encodedBy(ffmpeg) };
    const records = new RenditionRecords(output, "90p", encode, batchJob);
    const make = async (chunk: Chunk): Promise<void> => {
      this.made.push(`${chunkName(chunk)} by ${ffmpeg}`);
      await this.finish(storage, chunk, ffmpeg);
      const record = await readRecord(output, records.path(chunk));
      await records.write(chunk, record!);
    };
    if (await records.lacks(own)) await make(own);
    for (let left = await records.remaining(own); left.length > 0; left = await records.remaining(own)) {
      await make(left[own.number % left.length]!);
    }
  }

  /** The versions of ffmpeg that have each made the whole rendition. */
  async whole(): Promise<string[]> {
    const storage = new MemoryStorage(undefined, undefined, this.objects);
    const output = await OwnedOutput.open(storage, OUTPUT);
    const marks = wholeEncodes(await recordedChunks(output, "90p"), CHUNKS);
    return ENCODERS.filter((ffmpeg) =>
      marks.includes(encodeMark({ fingerprint: PLAN.fingerprint, encodedBy: encodedBy(ffmpeg) })),
    );
  }
}

const anyEncoder = fc.constantFrom(...ENCODERS);
const perChunk = <T>(one: fc.Arbitrary<T>) => fc.tuple(...CHUNKS.map(() => one));

describe("jobs of one rendition with different encoders", () => {
  it("leave a whole rendition by one of them, whoever began, in any order, and whatever another execution left", async () => {
    const scenario = fc.record({
      before: perChunk(fc.subarray(ENCODERS, { maxLength: 2 })),
      ffmpegs: perChunk(anyEncoder),
      redriven: fc.boolean(),
      seed: fc.integer({ min: 0 }),
    });
    await fc.assert(
      fc.asyncProperty(scenario, async ({ before, ffmpegs, redriven, seed }) => {
        const jobs = new Jobs();
        for (const chunk of CHUNKS) for (const ffmpeg of before[chunk.number]!) await jobs.leave(chunk, ffmpeg);
        // A redrive skips a part that is done.
        if (!redriven || before[0]!.length === 0) await jobs.run(1, ffmpegs, seed);
        await jobs.run(2, ffmpegs, seed);
        assert.ok((await jobs.whole()).length > 0, `nobody's: ${jobs.made.join(", ")}`);
        // Jobs that are the last at the same time may make the same chunks.
        assert.ok(jobs.made.length <= 2 * CHUNKS.length * ENCODERS.length);
      }),
      { numRuns: 300 },
    );
  });

  it("make no chunk of a rendition that is whole, whoever made it", async () => {
    const jobs = new Jobs();
    for (const chunk of CHUNKS) await jobs.leave(chunk, "5.1");
    for (const part of [1, 2]) await jobs.run(part, ["9.0", "9.0", "7.1", "9.0", "7.1"], part);
    assert.deepEqual([jobs.made, await jobs.whole()], [[], ["5.1"]]);
  });

  it("make each chunk once after another execution was stopped, and leave later chunks to their own jobs", async () => {
    for (let seed = 0; seed < 50; seed++) {
      const jobs = new Jobs();
      for (const chunk of CHUNKS.slice(0, 4)) await jobs.leave(chunk, "5.1");
      for (const part of [1, 2])
        await jobs.run(
          part,
          CHUNKS.map(() => "9.0"),
          seed,
        );
      assert.deepEqual(
        jobs.made.sort(),
        CHUNKS.map((chunk) => `${chunkName(chunk)} by 9.0`),
      );
      assert.deepEqual(await jobs.whole(), ["9.0"]);
    }
  });

  it("make the part again that a redrive skips", async () => {
    const jobs = new Jobs();
    for (const chunk of CHUNKS.slice(0, 3)) await jobs.leave(chunk, "5.1");
    await jobs.run(
      2,
      CHUNKS.map(() => "9.0"),
      1,
    );
    assert.equal(jobs.made.at(-1), "1-00000 by 9.0");
    assert.deepEqual(await jobs.whole(), ["9.0"]);
  });

  it("make the rendition again if it has lost a segment", async () => {
    const jobs = new Jobs();
    for (const chunk of CHUNKS) await jobs.leave(chunk, "5.1");
    jobs.lose(CHUNKS[3]!, "5.1");
    for (const part of [1, 2])
      await jobs.run(
        part,
        CHUNKS.map(() => "9.0"),
        part,
      );
    assert.deepEqual(await jobs.whole(), ["9.0"]);
  });
});
