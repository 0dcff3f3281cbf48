import assert from "node:assert/strict";
import fc from "fast-check";

import type { Plan } from "../../../contract/plan";
import { packageVideo } from "../../../worker/commands/package";
import { publishEarly } from "../../../worker/publish/early/publish";
import { ProgressReport } from "../../../worker/ffmpeg/progress";
import type { EncodedBy } from "../../../contract/encodedBy";
import { encodeMark } from "../../../worker/output/encode";
import { AUDIO, outputs, segmentName } from "../../../contract/outputs";
import { joinUri } from "../../../worker/storage/uri";
import { claimOutput } from "../../../worker/publish/claim";
import { GrowingSound } from "../../../worker/publish/early/sound";
import { AUDIO_CODECS } from "../../../worker/audio/codecs/audioCodecs";
import type { Run, TrackRecord } from "../../../worker/output/record";
import { writeRecord } from "../../../worker/output/record";
import { publishInit } from "../../../worker/output/segments";
import type { Manifest } from "../../../contract/manifest";
import type { Chunk } from "../../../worker/plan/chunks";
import { chunksOf } from "../../../worker/plan/chunks";
import { OwnedOutput } from "../../../worker/output/ownedOutput";
import type { Storage } from "../../../worker/storage/storage";
import { RenditionRecords } from "../../../worker/video/renditionRecords";
import { AUDIO_INIT, ENCODED_BY, OUTPUT, planOf, VIDEO_INIT } from "../publish/early/unfinished";
import { MemoryStorage } from "../memoryStorage";
import { Turns } from "../turns";

const LOST = `${OUTPUT} now has another plan: another execution began there with another video or ladder. That execution continues, and this one ends.`;
const JOB = { input: "s3://in/clip.mp4", output: OUTPUT, index: 0 };

/** An execution, and whose encoder its jobs have. */
interface Execution {
  storage: Storage;
  plan: Plan;
  encodedBy: EncodedBy;
}

/** Writes a segment whose bytes show which encode it belongs to. */
async function track({ storage, plan, encodedBy }: Execution, of: string, chunk?: Chunk): Promise<TrackRecord> {
  const encode = { fingerprint: plan.fingerprint, encodedBy };
  const output = await OwnedOutput.open(storage, OUTPUT, plan.fingerprint);
  const { record: init } = await publishInit({ output, track: of, encode }, chunk ? VIDEO_INIT : AUDIO_INIT);
  const [timescale, samples] = chunk ? [plan.timeline.timescale, chunk.frames] : [AUDIO_CODECS.aac.sampleRate, 1];
  const { start, end } = chunk ?? { start: 0, end: 20 * AUDIO_CODECS.aac.sampleRate };
  const mark = encodeMark(encode);
  const name = segmentName(mark, start);
  const bytes = await storage.write(joinUri(OUTPUT, outputs.segments(of) + name), mark);
  const fragment = { offset: 0, dataOffset: 0, duration: end - start, sizes: [bytes] };
  const fragments = [{ ...fragment, durations: [[1, end - start]] as Run[], compositions: [[1, 0]] as Run[] }];
  const segments = [{ name, time: start, bytes, duration: end - start, fragments }];
  return { version: 1, ...encode, samples, timescale, start, end, init, segments };
}

/** The jobs of an execution, one after the other, without ffmpeg. */
async function executed(storage: Storage, plan: Plan, encodedBy = ENCODED_BY): Promise<void> {
  const hold = (): Promise<OwnedOutput> => OwnedOutput.open(storage, OUTPUT, plan.fingerprint);
  const execution = { storage, plan, encodedBy };
  const encode = { fingerprint: plan.fingerprint, encodedBy };
  await claimOutput(storage, OUTPUT, plan, `about ${plan.fingerprint}`);
  const sound = await track(execution, AUDIO);
  await writeRecord(await hold(), outputs.audioRecord(AUDIO, encodeMark(encode)), sound);
  await new GrowingSound(await hold(), AUDIO, AUDIO_CODECS.aac.sampleRate).extend(sound.segments, true);
  for (const { name } of plan.renditions) {
    for (const chunk of chunksOf(plan)) {
      const output = await hold();
      const records = new RenditionRecords(output, name, encode, undefined);
      if (await records.lacks(chunk)) await records.write(chunk, await track(execution, name, chunk));
      await output.guard(() => publishEarly(output, name));
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
  { seed, delay }: Order,
): Promise<{ storage: MemoryStorage; ends: PromiseSettledResult<void>[]; manifests: Set<string> }> {
  const turns = new Turns();
  const manifests = new Set<string>();
  const onWrite = (uri: string, text: string): void =>
    void (uri === joinUri(OUTPUT, outputs.manifest) && manifests.add(text));
  const storage = new MemoryStorage(turns.of("first"), onWrite);
  const later = new MemoryStorage(turns.of("second"), onWrite, storage.objects);
  const late = async (): Promise<void> => {
    // At the first one's pace.
    const wait = turns.of("first");
    for (let turn = 0; turn < delay; turn++) await wait();
    await second(later);
  };
  return { storage, ends: await turns.until(Promise.allSettled([first(storage), late()]), seed), manifests };
}

interface Order {
  seed: number;
  /** Operations of the first one before the second begins. */
  delay: number;
}

const ORDERS: fc.Arbitrary<Order> = fc.record({ seed: fc.integer({ min: 0 }), delay: fc.nat({ max: 250 }) });

const EXAMPLES: [Order][] = [
  // An MP4 of the first one was written late, between the second one's look at that name and its own.
  [{ seed: 1296916793, delay: 120 }],
  // The first one lost its output while it checked its files, after its last look at the plan.
  [{ seed: 1017018943, delay: 116 }],
  [{ seed: 2113748209, delay: 5 }],
  // It lost it before it read an initialisation segment for its early master playlist.
  [{ seed: 1225724711, delay: 88 }],
  // The other outcomes.
  [{ seed: 2147483620, delay: 250 }],
  [{ seed: 9, delay: 4 }],
  [{ seed: 818674503, delay: 0 }],
];

/** @param share The share of the orders that are tried besides the examples. */
export function describeOwnership(share: number): void {
  describe("executions for the same output", () => {
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
        { numRuns: 50 * share },
      );
    });

    it("with the same plan and different encoders leave every track whole, and of one of them", async () => {
      const other = { ...ENCODED_BY, ffmpeg: "9.0" };
      // Batch starts a job again that failed because of the other execution, twice by default.
      const attempts = (encodedBy: EncodedBy) => (bucket: Storage) =>
        executed(bucket, one, encodedBy)
          .catch(() => executed(bucket, one, encodedBy))
          .catch(() => executed(bucket, one, encodedBy));
      const marks = [ENCODED_BY, other].map((encodedBy) => encodeMark({ fingerprint: one.fingerprint, encodedBy }));
      const seen = new Set<string>();
      await fc.assert(
        fc.asyncProperty(ORDERS, async (order) => {
          const { storage, ends } = await together(attempts(ENCODED_BY), attempts(other), order);
          assert.deepEqual(
            ends.map(({ status }) => status),
            ["fulfilled", "fulfilled"],
          );
          for (const name of [...one.renditions.map((rendition) => rendition.name), AUDIO]) {
            const media = [...storage.objects.keys()].filter((uri) =>
              uri.startsWith(joinUri(OUTPUT, outputs.segments(name))),
            );
            const playlist = storage.objects.get(joinUri(OUTPUT, outputs.playlist(name)))!.toString();
            const [published = "", ...more] = marks.filter((mark) => playlist.includes(mark));
            assert.deepEqual(more, []);
            seen.add(published);
            const listed = [...playlist.matchAll(/(?:URI=")?([^"\n]+\.(?:mp4|m4s))/g)].map(([, file]) => file);
            for (const file of listed)
              assert.ok(media.includes(`${joinUri(OUTPUT, outputs.segments(name))}${file}`), file);
          }
          const manifest = documentIn<Manifest>(storage, joinUri(OUTPUT, outputs.manifest))!;
          for (const { encodedBy } of [...manifest.renditions, ...(manifest.audio ?? [])]) {
            assert.ok([ENCODED_BY.ffmpeg, other.ffmpeg].includes(encodedBy.ffmpeg));
          }
        }),
        // Each took the other's playlists for its own, and removed the other's media.
        {
          numRuns: 100 * share,
          examples: [
            [{ seed: 1121185869, delay: 113 }],
            [{ seed: 1604743451, delay: 0 }],
            [{ seed: 2147483646, delay: 31 }],
          ],
        },
      );
      assert.deepEqual([...seen].sort(), [...marks].sort());
    });

    it("with different plans: one is complete to the last byte, the other came before or says why it ended", async () => {
      const expected = new Map([
        [one.fingerprint, await undisturbed(one)],
        [other.fingerprint, await undisturbed(other)],
      ]);
      const seen = new Set<string>();
      await fc.assert(
        fc.asyncProperty(ORDERS, async (order) => {
          const { storage, ends, manifests } = await together(execution(one), execution(other), order);
          const { fingerprint } = documentIn<Plan>(storage, joinUri(OUTPUT, outputs.plan))!;
          const plans = fingerprint === one.fingerprint ? [one, other] : [other, one];
          const [winner, loser] = fingerprint === one.fingerprint ? ends : ends.toReversed();
          assert.deepEqual(winner, { status: "fulfilled", value: undefined });
          // Media of the one that lost its output may be left.
          for (const [uri, content] of expected.get(fingerprint)!) {
            assert.equal(storage.objects.get(uri)?.toString("latin1"), content, uri);
          }
          if (loser?.status === "rejected") assert.equal((loser.reason as Error).message, LOST);
          // It was complete before the other one took its manifest away.
          else assert.ok(manifests.has(expected.get(plans[1]!.fingerprint)!.get(joinUri(OUTPUT, outputs.manifest))!));
          seen.add(`${plans[0] === one ? "first" : "second"} won, the other ${loser?.status}`);
        }),
        { numRuns: 150 * share, examples: EXAMPLES },
      );
      // The examples see to these, whatever else chance brings.
      assert.deepEqual([...seen].sort(), [
        "first won, the other fulfilled",
        "first won, the other rejected",
        "second won, the other fulfilled",
        "second won, the other rejected",
      ]);
    });

    it("have no manifest of the earlier one, also when the later one gets no further than its plan", async () => {
      await fc.assert(
        fc.asyncProperty(ORDERS, async (order) => {
          const claim = async (storage: Storage): Promise<void> => void (await claimOutput(storage, OUTPUT, other, ""));
          const { storage } = await together(execution(one), claim, order);
          const { fingerprint } = documentIn<Plan>(storage, joinUri(OUTPUT, outputs.plan))!;
          const manifest = documentIn<Manifest>(storage, joinUri(OUTPUT, outputs.manifest));
          assert.equal(manifest?.fingerprint, fingerprint === one.fingerprint ? fingerprint : undefined);
        }),
        { numRuns: 150 * share },
      );
    });
  });
}
