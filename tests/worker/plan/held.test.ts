import assert from "node:assert/strict";

import fc from "fast-check";

import type { Plan } from "../../../components/workflow/plan";
import { packageVideo } from "../../../worker/commands/package";
import { publishEarly } from "../../../worker/early/publish";
import { ProgressReport } from "../../../worker/ffmpeg/progress";
import { AUDIO, chunkName, paths, planMark, segmentName } from "../../../worker/output/paths";
import { claimOutput } from "../../../worker/packaging/claim";
import { GrowingSound } from "../../../worker/early/sound";
import { AUDIO_RATE } from "../../../worker/ffmpeg/audio";
import type { Run, TrackRecord } from "../../../worker/output/record";
import { writeRecord } from "../../../worker/output/record";
import { publishInit } from "../../../worker/output/segments";
import type { Manifest } from "../../../worker/packaging/manifest";
import type { Chunk } from "../../../worker/plan/chunks";
import { chunksOf } from "../../../worker/plan/chunks";
import { HeldOutput } from "../../../worker/plan/held";
import type { Storage } from "../../../worker/storage/storage";
import { AUDIO_INIT, OUTPUT, planOf, VIDEO_INIT } from "../early/unfinished";
import { MemoryStorage } from "../memoryStorage";
import { Turns } from "../turns";

const LOST = `${OUTPUT} has another plan by now: another execution began there with another video or ladder. That one goes on, this one ends.`;
const JOB = { input: "s3://in/clip.mp4", output: OUTPUT, index: 0 };

/** Eight bytes of media in one segment, which tell whose they are. */
async function track(storage: Storage, plan: Plan, name: string, chunk: Chunk | undefined): Promise<TrackRecord> {
  const target = { storage, plan, directory: paths.segments(OUTPUT, name) };
  const { record: init } = await publishInit(target, chunk ? VIDEO_INIT : AUDIO_INIT);
  const segment = segmentName(plan, chunk ? chunkName(chunk) : AUDIO, 0);
  const bytes = await storage.write(target.directory + segment, `${planMark(plan)}${planMark(plan)}`);
  const [timescale, samples] = chunk ? [plan.timeline.timescale, chunk.frames] : [AUDIO_RATE, 1];
  const { start, end } = chunk ?? { start: 0, end: 20 * AUDIO_RATE };
  const fragment = { offset: 0, dataOffset: 8, duration: end - start, sizes: [8] };
  const fragments = [{ ...fragment, durations: [[1, end - start]] as Run[], compositions: [[1, 0]] as Run[] }];
  const segments = [{ name: segment, bytes, duration: end - start, fragments }];
  return { version: 1, fingerprint: plan.fingerprint, samples, timescale, start, end, init, segments };
}

/** The jobs of an execution, one after the other, without ffmpeg. */
async function executed(storage: Storage, plan: Plan): Promise<void> {
  const hold = (): Promise<HeldOutput> => HeldOutput.open(storage, OUTPUT, plan.fingerprint);
  await claimOutput(storage, OUTPUT, plan, `about ${plan.fingerprint}`);
  const sound = await track(storage, plan, AUDIO, undefined);
  await writeRecord(await hold(), paths.audioRecord(OUTPUT, AUDIO), sound);
  await new GrowingSound(await hold(), OUTPUT, plan, AUDIO, AUDIO_RATE).extend(sound.segments, true);
  for (const { name } of plan.renditions) {
    for (const chunk of chunksOf(plan)) {
      const held = await hold();
      await writeRecord(held, paths.record(OUTPUT, name, chunk), await track(storage, plan, name, chunk));
      await publishEarly(held, OUTPUT, plan, name);
    }
  }
  const silent = new ProgressReport(() => undefined);
  await packageVideo({ ...JOB, plan: plan.fingerprint }, { source: storage, target: storage }, silent);
}

/** What an execution leaves that nobody disturbs: the content of every object but media of other plans. */
async function undisturbed(plan: Plan): Promise<Map<string, string>> {
  const storage = new MemoryStorage();
  await executed(storage, plan);
  return contents(storage);
}

function contents({ objects }: MemoryStorage): Map<string, string> {
  return new Map([...objects].sort().map(([uri, bytes]) => [uri, bytes.toString("latin1")]));
}

function documentIn<T>({ objects }: MemoryStorage, uri: string): T | undefined {
  const text = objects.get(uri)?.toString();
  return text === undefined ? undefined : (JSON.parse(text) as T);
}

/** Two executions in one bucket, the second of which begins some operations later. */
async function together(
  first: (storage: Storage) => Promise<void>,
  second: (storage: Storage) => Promise<void>,
  { seed, delay }: { seed: number; delay: number },
): Promise<{ storage: MemoryStorage; ends: PromiseSettledResult<void>[] }> {
  const turns = new Turns();
  const storage = new MemoryStorage(turns.of("first"));
  const later = new MemoryStorage(turns.of("second"), undefined, storage.objects);
  const late = async (): Promise<void> => {
    // At the first one's pace.
    const wait = turns.of("first");
    for (let turn = 0; turn < delay; turn++) await wait();
    await second(later);
  };
  return { storage, ends: await turns.until(Promise.allSettled([first(storage), late()]), seed) };
}

const ORDERS = fc.record({ seed: fc.integer({ min: 0 }), delay: fc.nat({ max: 250 }) });

describe("executions for the same output", function () {
  this.timeout(30_000);
  const brief = { parts: [{}], chunkSeconds: 10 };
  const [one, other] = [planOf(brief), planOf({ ...brief, gopSeconds: 2 })];
  const execution = (plan: Plan) => (storage: Storage) => executed(storage, plan);

  it("with the same plan leave what one of them leaves, whatever the order in which they get on", async () => {
    const expected = await undisturbed(one);
    await fc.assert(
      fc.asyncProperty(ORDERS, async (order) => {
        const { storage, ends } = await together(execution(one), execution(one), order);
        assert.deepEqual(
          ends.map(({ status }) => status),
          ["fulfilled", "fulfilled"],
        );
        assert.deepEqual(contents(storage), expected);
      }),
      { numRuns: 50 },
    );
  });

  it("with different plans: one is complete to the last byte, the other came before or says why it ended", async () => {
    const expected = new Map([
      [one.fingerprint, await undisturbed(one)],
      [other.fingerprint, await undisturbed(other)],
    ]);
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(ORDERS, async (order) => {
        const { storage, ends } = await together(execution(one), execution(other), order);
        for (const end of ends) if (end.status === "rejected") assert.equal((end.reason as Error).message, LOST);
        const { fingerprint } = documentIn<Plan>(storage, paths.plan(OUTPUT))!;
        const winner = fingerprint === one.fingerprint ? 0 : 1;
        assert.equal(ends[winner]?.status, "fulfilled");
        seen.add(`${winner} won, ${1 - winner} ${ends[1 - winner]?.status}`);
        // Media of the one that lost its output may be left.
        for (const [uri, content] of expected.get(fingerprint)!) {
          assert.equal(storage.objects.get(uri)?.toString("latin1"), content, uri);
        }
      }),
      { numRuns: 150 },
    );
    assert.deepEqual([...seen].sort(), ["0 won, 1 rejected", "1 won, 0 fulfilled", "1 won, 0 rejected"]);
  });

  it("have no manifest of the earlier one, also when the later one gets no further than its plan", async () => {
    await fc.assert(
      fc.asyncProperty(ORDERS, async (order) => {
        const claim = (storage: Storage): Promise<void> => claimOutput(storage, OUTPUT, other, "");
        const { storage } = await together(execution(one), claim, order);
        const { fingerprint } = documentIn<Plan>(storage, paths.plan(OUTPUT))!;
        const manifest = documentIn<Manifest>(storage, paths.manifest(OUTPUT));
        assert.equal(manifest?.fingerprint, fingerprint === one.fingerprint ? fingerprint : undefined);
      }),
      { numRuns: 150 },
    );
  });
});
