import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

import { everyState, type Json, type JsonObject, type StateMachineDefinition } from "../../contract/asl";
import type { Manifest } from "../../contract/manifest";
import { refusal } from "../../runner/faults/serviceErrors";
import { StatesError } from "../../runner/stateMachine/errors";
import { resourceNamed, runScripted, type ScriptedRunOptions, type Synthesis } from "../../testing";
import { CATALOGUE_CALLS } from "../security/needed";
import { allows, isAbout, statementsOf } from "../support/aws/iam";
import { synthesiseExample } from "../support/examples";
import { bundleWorker } from "../support/pipeline";
import { useEnvironment } from "../support/useEnvironment";
import {
  type CatalogueBucket,
  catalogueOf,
  delivered,
  keep,
  type Kept,
  matches,
  startBefore,
  startBucket,
  type Trouble,
} from "./catalogueKeeper";

const EXAMPLE = path.join(__dirname, "..", "..", "examples", "event-bus");
const BUS = "arn:aws:events:us-east-1:123456789012:event-bus/media";
const VIDEO = "s3://videos-bucket/uploads/talk.mp4";
const ENTRY = "s3://videos-bucket/catalogue/videos-bucket/uploads/talk.mp4.json";
const MANIFEST = "s3://videos-bucket/output/uploads/talk.mp4/manifest.json";
const MACHINE = "arn:aws:states:us-east-1:123456789012:stateMachine:videos-state-machine";
const EXECUTION = MACHINE.replace("stateMachine", "execution") + ":scripted";

/** What the upload service puts on the bus, as it is delivered. */
function uploadCompleted(detail: JsonObject = { upload: "42", title: "A talk", file: VIDEO }): JsonObject {
  return {
    ...{ "version": "0", "id": "0a1b", "detail-type": "Upload Completed", "source": "upload-service" },
    ...{ account: "123456789012", region: "us-east-1", time: "2026-11-29T00:00:00Z", resources: [], detail },
  };
}

/** What the catalogue reads of a manifest. */
const manifest: Pick<Manifest, "version"> & {
  source: Pick<Manifest["source"], "durationSeconds">;
  renditions: Pick<Manifest["renditions"][number], "name" | "width" | "height">[];
} = {
  version: 1,
  source: { durationSeconds: 61.4 },
  renditions: [{ name: "1080p", width: 1920, height: 1080 }],
};

/** An event of the pipeline at a second of the day. */
function ending(kind: string, second: number, detail: JsonObject = {}, id = `${kind} at ${second}`): JsonObject {
  const time = `2026-11-29T00:00:${String(second).padStart(2, "0")}Z`;
  const own: JsonObject =
    kind === "Video Published" ? { status: "SUCCEEDED", manifest: MANIFEST, playlist: "p" } : { cause: "Why." };
  const common = { version: 1, execution: EXECUTION, stateMachine: MACHINE, startTime: "2026-11-29T00:00:00.000Z" };
  return delivered(
    {
      ...{ time, bus: BUS, source: "video-batch-pipeline", detailType: kind, resources: [] },
      detail: { ...common, input: VIDEO, ...own, ...detail },
    },
    id,
  );
}

describe("examples/event-bus", () => {
  let synthesis: Synthesis;
  let bucket: CatalogueBucket;
  before(async () => {
    bundleWorker();
    synthesis = await synthesiseExample("event-bus");
    bucket = await startBucket();
  });
  after(() => bucket?.stop());
  const setEnvironment = useEnvironment();
  beforeEach(async () => {
    setEnvironment({ AWS_ENDPOINT_URL: bucket.endpoint, AWS_ACCESS_KEY_ID: "key", AWS_SECRET_ACCESS_KEY: "secret" });
    setEnvironment({ AWS_REGION: undefined, AWS_ENDPOINT_URL_S3: undefined });
    await bucket.put(MANIFEST, manifest);
    await bucket.remove(ENTRY);
    bucket.calls.length = 0;
  });

  const entered = new Set<string>();
  const definition = (): StateMachineDefinition => catalogueOf(synthesis).definition as StateMachineDefinition;
  async function kept(event: Json, trouble?: Trouble): Promise<Kept> {
    const found = await keep(synthesis, event, trouble);
    for (const state of found.states) entered.add(state);
    return found;
  }

  /** Everything that follows from an event of the upload service: the pipeline's run, and the catalogue's for each event that its rule matches. */
  async function upload(event: JsonObject, options: ScriptedRunOptions = {}) {
    assert.ok(matches(synthesis, "videos-events-trigger", BUS, event));
    const run = await runScripted(synthesis, { ...options, input: event });
    const catalogued = (run.events ?? [])
      .filter(({ bus }) => bus === BUS)
      .map((sent, index) => delivered(sent, `event-${index}`))
      .filter((sent) => matches(synthesis, "endings", BUS, sent));
    const runs = [];
    for (const sent of catalogued) {
      runs.push(await runScripted(synthesis, { stateMachine: "catalogue", input: sent }));
    }
    return { run, runs, sent: catalogued };
  }

  it("leads from an upload's event to an entry in the catalogue", async () => {
    const inputs = new Set<string | undefined>();
    const { run, runs, sent } = await upload(uploadCompleted(), {
      script: ({ command }) => void inputs.add(command[command.indexOf("--input") + 1]),
    });
    assert.deepEqual([run.status, [...inputs]], ["SUCCEEDED", [VIDEO]]);
    assert.deepEqual(
      run.events?.map(({ detailType }) => detailType),
      ["Video Planned", "Video Published"],
    );
    assert.deepEqual(
      runs.map(({ status, states, output }) => [status, states.map(({ name }) => name), output]),
      [["SUCCEEDED", ["Check Event", "Write Entry"], { key: ENTRY.replace("s3://videos-bucket/", ""), written: true }]],
    );
    const entry = await bucket.get(ENTRY);
    assert.deepEqual(entry, {
      ...{ version: 1, video: VIDEO, upload: "42", title: "A talk", execution: EXECUTION },
      event: { id: "event-1", time: sent[0]!["time"], startTime: "1970-01-01T00:00:00.000Z" },
      status: "published",
      playlist: "s3://videos-bucket/output/uploads/talk.mp4/hls/master.m3u8",
      ...{ durationSeconds: 61.4, renditions: manifest.renditions, missing: [], damagedSeconds: 0 },
    });
    const [, shown = ""] = /^```json\n(.*?)^```/ms.exec(readFileSync(path.join(EXAMPLE, "README.md"), "utf8")) ?? [];
    assert.deepEqual(shapeOf(JSON.parse(shown) as Json), shapeOf(entry));
  });

  it("leads from a video that fails to an entry that says why", async () => {
    const { run, runs } = await upload(uploadCompleted(), {
      script: () => ({ seconds: 1, exitCode: 2, lastErrorLine: "The video has no picture." }),
    });
    assert.deepEqual([run.status, runs.map(({ status }) => status)], ["FAILED", ["SUCCEEDED"]]);
    const { status, step, reason, title } = await bucket.get(ENTRY);
    assert.match(reason as string, /^Extract Metadata failed: The video has no picture\. \(/);
    assert.deepEqual(
      { status, step, reason, title },
      { status: "failed", step: "Extract Metadata", reason, title: "A talk" },
    );
  });

  it("leaves out an event that names no video: the pipeline's notification says so", async () => {
    const { run, runs } = await upload(uploadCompleted({ upload: "43" }));
    assert.deepEqual(
      [run.status, run.notifications.length, runs.map(({ states }) => states.map(({ name }) => name))],
      ["FAILED", 1, [["Check Event", "No Video"]]],
    );
    assert.deepEqual((await kept(ending("Video Failed", 1, { input: null }))).states, ["Check Event", "No Video"]);
  });

  it("is started by uploads alone, and never by the pipeline's own events", () => {
    const starts = (event: JsonObject): boolean => matches(synthesis, "videos-events-trigger", BUS, event);
    assert.ok(starts(uploadCompleted()));
    assert.ok(!starts({ ...uploadCompleted(), "detail-type": "Upload Started" }));
    assert.ok(!starts(ending("Video Published", 1)));
    assert.ok(!matches(synthesis, "videos-events-trigger", BUS.replace("media", "default"), uploadCompleted()));
  });

  it("keeps a catalogue of how this pipeline's videos end, and of nothing else", () => {
    const keeps = (event: JsonObject): boolean => matches(synthesis, "endings", BUS, event);
    for (const kind of ["Video Published", "Video Failed", "Video Rejected"]) assert.ok(keeps(ending(kind, 1)));
    for (const kind of ["Video Planned", "Video Playable"]) assert.ok(!keeps(ending(kind, 1)));
    assert.ok(!keeps(ending("Video Published", 1, { stateMachine: `${MACHINE}-2` })));
    assert.ok(!keeps(uploadCompleted()));
    assert.deepEqual(resourceNamed(synthesis, "endings-target").inputs, {
      ...{ rule: "endings", eventBusName: "media", arn: catalogueOf(synthesis).arn },
      roleArn: resourceNamed(synthesis, "endings-role").outputs["arn"],
      retryPolicy: { maximumRetryAttempts: 185, maximumEventAgeInSeconds: 86_400 },
      deadLetterConfig: { arn: resourceNamed(synthesis, "undelivered-endings").outputs["arn"] },
    });
  });

  it("exports the queues of what can't be delivered at either end", () => {
    const urlOf = (queue: string): unknown => resourceNamed(synthesis, queue).outputs["url"];
    const { undeliveredUrl, undeliveredUploadsUrl } = synthesis.outputs;
    assert.deepEqual(
      { undeliveredUrl, undeliveredUploadsUrl },
      { undeliveredUrl: urlOf("undelivered-endings"), undeliveredUploadsUrl: urlOf("videos-dead-letters") },
    );
  });

  it("writes of a partial and of a rejected video what is left of them", async () => {
    await kept(ending("Video Published", 1, { status: "PARTIAL", missing: ["480p"], damagedSeconds: 0.1 }));
    const partial = await bucket.get(ENTRY);
    assert.deepEqual(
      [partial["status"], partial["missing"], partial["damagedSeconds"], partial["upload"], partial["title"]],
      ["partial", ["480p"], 0.1, null, "talk.mp4"],
    );
    await kept(ending("Video Rejected", 2, { cause: "by Ada: too dark", step: "Ask for Approval" }));
    const rejected = await bucket.get(ENTRY);
    assert.deepEqual([rejected["status"], rejected["reason"]], ["rejected", "by Ada: too dark"]);
    assert.ok(!("playlist" in rejected));
  });

  it("changes nothing when an event comes again, or after a newer one", async () => {
    const published = ending("Video Published", 20);
    assert.deepEqual((await kept(ending("Video Failed", 10))).output, { key: keyOf(ENTRY), written: true });
    assert.deepEqual((await kept(published)).output, { key: keyOf(ENTRY), written: true });
    const entry = await bucket.get(ENTRY);
    for (const late of [published, ending("Video Failed", 10), ending("Video Failed", 19)]) {
      const { status, output } = await kept(late);
      assert.deepEqual([status, output], ["SUCCEEDED", { key: keyOf(ENTRY), written: false }]);
      assert.deepEqual(await bucket.get(ENTRY), entry);
    }
    await kept(ending("Video Failed", 21));
    assert.equal((await bucket.get(ENTRY))["status"], "failed");
  });

  it("lets the later of two executions decide that end in one second", async () => {
    const file = pathToFileURL(path.join(EXAMPLE, "catalogue", "entry.mjs")).href;
    const { supersedes } = (await import(file)) as { supersedes: (kept: object, other: object) => boolean };
    const entry = (id: string, time: string, startTime: string): object => ({ event: { id, time, startTime } });
    assert.ok(supersedes(entry("a", "2", "2"), entry("b", "2", "1")));
    assert.ok(!supersedes(entry("a", "2", "1"), entry("b", "2", "2")));
    assert.ok(!supersedes(entry("a", "1", "2"), entry("b", "2", "1")));
    assert.ok(supersedes(entry("a", "2", "1"), entry("b", "1", "2")));
    assert.ok(supersedes(entry("a", "1", "1"), entry("a", "1", "1")));
  });

  it("tries again where another event changes the entry at the same time", async () => {
    await kept(ending("Video Failed", 10));
    let changes = 0;
    const between = await startBefore(bucket.endpoint, "catalogue/", async () => {
      // Something older, so that the retry has to write.
      if (++changes === 1) await bucket.put(ENTRY, { event: { id: "other", time: "2026-11-29T00:00:11Z" } });
    });
    try {
      setEnvironment({ AWS_ENDPOINT_URL: between.endpoint });
      const { status, states } = await kept(ending("Video Published", 20));
      assert.deepEqual([status, states, changes], ["SUCCEEDED", ["Check Event", "Write Entry"], 2]);
    } finally {
      between.stop();
    }
    assert.equal((await bucket.get(ENTRY))["status"], "published");
  });

  const CHANGED = new StatesError("EntryChanged", "It was changed.");
  const THROTTLED = refusal("lambda", "throttle")!;
  const DENIED = refusal("lambda", "denied")!;
  const RECOVERING: [what: string, trouble: Trouble, calls: number][] = [
    ["too many calls, until the last attempt", (call) => (call < 9 ? THROTTLED : undefined), 9],
    ["no answer, until the last attempt", (call) => (call < 9 ? "no answer" : undefined), 9],
    ["entries that others change, until the last attempt", (call) => (call < 7 ? CHANGED : undefined), 7],
  ];
  for (const [what, trouble, attempts] of RECOVERING) {
    it(`writes the entry after ${what}`, async () => {
      const { status, calls, output } = await kept(ending("Video Published", 20), trouble);
      assert.deepEqual([status, calls, output], ["SUCCEEDED", attempts, { key: keyOf(ENTRY), written: true }]);
    });
  }

  const FAILING: [what: string, trouble: Trouble, error: string, cause: string, calls: number][] = [
    ["too many calls", () => THROTTLED, THROTTLED.error!, THROTTLED.cause!, 9],
    ["a missing permission", () => DENIED, DENIED.error!, DENIED.cause!, 9],
    ["no answer", () => "no answer", "States.Timeout", "", 9],
    ["entries that others keep changing", () => CHANGED, "EntryChanged", "It was changed.", 7],
  ];
  for (const [what, trouble, error, cause, attempts] of FAILING) {
    it(`fails after ${what}, within an hour, for redrive to try it again`, async () => {
      const { status, calls, seconds, ...failure } = await kept(ending("Video Published", 20), trouble);
      assert.deepEqual([status, failure.error, failure.cause ?? "", calls], ["FAILED", error, cause, attempts]);
      assert.ok(seconds > 60 && seconds < 1800, `${seconds} s`);
    });
  }

  it("fails with S3's error where the manifest can't be read, and writes nothing", async () => {
    const elsewhere = { manifest: MANIFEST.replace("talk", "gone") };
    const { status, error, calls } = await kept(ending("Video Published", 20, elsewhere), (call) =>
      call > 1 && call < 9 ? THROTTLED : undefined,
    );
    assert.deepEqual([status, error, calls], ["FAILED", "NoSuchKey", 9]);
    await assert.rejects(bucket.get(ENTRY), { name: "NoSuchKey" });
  });

  const UNKNOWN: [what: string, event: Json][] = [
    ["another version", ending("Video Published", 1, { version: 2 })],
    ["another kind", ending("Video Planned", 1)],
    ["another source", { ...ending("Video Published", 1), source: "upload-service" }],
    ["no event", {}],
    ["no object", "event"],
  ];
  for (const [what, event] of UNKNOWN) {
    it(`refuses ${what}`, async () => {
      const { states, status, error, cause } = await kept(event);
      assert.deepEqual([status, states], ["FAILED", ["Check Event", "Unknown Event"]]);
      assert.equal(error, "UnknownEvent");
      assert.equal(
        cause,
        "It is none of the pipeline's events Video Published, Video Failed, Video Rejected of version 1.",
      );
    });
  }

  it("has a function whose role may do what its code does, and nothing else", async () => {
    await kept(ending("Video Failed", 10));
    await kept(ending("Video Published", 20));
    const statements = statementsOf(resourceNamed(synthesis, "write-entry-policy").inputs["policy"]);
    assert.deepEqual(
      bucket.calls.filter((call) => !allows(statements, call)),
      [],
    );
    const called = new Set(bucket.calls.map(({ action, resource }) => `${action} on ${resource}`));
    const expected = Object.entries(CATALOGUE_CALLS).flatMap(([key, actions]) =>
      actions.map((action) => `${action} on arn:aws:s3:::videos-bucket/${key}`),
    );
    assert.deepEqual([...called].sort(), expected.sort());
    assert.ok(!allows(statements, { action: "s3:PutObject", resource: MANIFEST.replace("s3://", "arn:aws:s3:::") }));
  });

  it("lets the upload service put videos and its own events, and none in the pipeline's name", () => {
    const statements = statementsOf(resourceNamed(synthesis, "upload-service").inputs["policy"]);
    const sends = (source: string): boolean =>
      allows(statements, { action: "events:PutEvents", resource: BUS, context: { "events:source": source } });
    assert.deepEqual([sends("upload-service"), sends("video-batch-pipeline")], [true, false]);
    const puts = (key: string): boolean =>
      allows(statements, { action: "s3:PutObject", resource: `arn:aws:s3:::videos-bucket/${key}` });
    assert.deepEqual([puts("uploads/talk.mp4"), puts("output/talk.mp4")], [true, false]);
  });

  it("has a bus that takes events of the upload service and of the pipeline alone", () => {
    const [refused, ...more] = statementsOf(resourceNamed(synthesis, "media-policy").inputs["policy"]);
    assert.deepEqual([refused?.Effect, refused?.Principal, more], ["Deny", "*", []]);
    const isRefused = (source: string): boolean =>
      isAbout(refused!, { action: "events:PutEvents", resource: BUS, context: { "events:source": source } });
    assert.deepEqual(["upload-service", "video-batch-pipeline", "billing"].map(isRefused), [false, false, true]);
  });

  it("has entered every state in these tests", () => {
    const all = everyState(definition()).map(({ name }) => name);
    assert.deepEqual([...entered].sort(), all.sort());
  });
});

function keyOf(uri: string): string {
  return uri.replace("s3://videos-bucket/", "");
}

/** The names of an object's members in order, with those of its members. */
function shapeOf(value: Json): Json {
  if (typeof value !== "object" || value === null) return typeof value;
  return Object.entries(value).map(([name, member]) => [name, shapeOf(member)]);
}
