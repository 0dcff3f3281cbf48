import { strict as assert } from "node:assert";

import { everyState, type Json, type JsonObject, type StateMachineDefinition } from "../../contract/asl";
import { isExecutionName } from "../../contract/executionName";
import { refusal } from "../../runner/faults/serviceErrors";
import { StatesError } from "../../runner/stateMachine/errors";
import { EXPRESS_SECONDS } from "../../runner/stateMachine/express";
import { type QueueMessage, resourceNamed, runScripted, type Synthesis } from "../../testing";
import { synthesiseExample } from "../support/examples";
import { bundleWorker } from "../support/pipeline";
import { ENCODING_SECONDS, ingestOf, Ingestion, objectCreated, type Troubles, uploadMany } from "./ingestion";

const EVENT = objectCreated({ key: "uploads/clip.mp4", sequencer: "0A" });
const THROTTLED = refusal("states", "throttle")!;
const DENIED = refusal("states", "denied")!;
const QUEUE_DOWN = refusal("sqs", "unavailable")!;

/** The event with other fields of its object. */
function withObject(fields: JsonObject): JsonObject {
  const { detail } = EVENT as { detail: { object: JsonObject } };
  return { ...EVENT, detail: { ...detail, object: { ...detail.object, ...fields } } };
}

describe("examples/express-ingest", () => {
  let synthesis: Synthesis;
  before(async () => {
    bundleWorker();
    synthesis = await synthesiseExample("express-ingest");
  });
  const entered = new Set<string>();
  const definition = (): StateMachineDefinition => ingestOf(synthesis).definition as StateMachineDefinition;

  /** Delivers one event to its end. */
  async function ingest(event: Json, troubles: Troubles = {}) {
    const ingestion = new Ingestion(synthesis, troubles);
    await ingestion.deliver(event);
    const started = await ingestion.executions();
    for (const state of Object.keys(ingestion.entered)) entered.add(state);
    assert.equal(ingestion.ends.length, 1);
    return { ...ingestion, started, end: ingestion.ends[0]!, states: Object.keys(ingestion.entered) };
  }

  it("starts the pipeline once for every upload, of which some are redelivered, repeated or throttled", async () => {
    const ingestion = new Ingestion(synthesis, {
      start: (call) => (call % 100 === 0 ? THROTTLED : undefined),
      // At least once.
      runs: (delivery) => (delivery % 50 === 0 ? 2 : 1),
    });
    const uploads = await uploadMany(ingestion, 500);
    const started = await ingestion.executions();
    assert.equal(uploads.length, 525);
    assert.deepEqual(started.map(({ upload }) => upload).sort(), uploads);
    assert.ok(started.every(({ name }) => isExecutionName(name)));
    assert.deepEqual(ingestion.messages, []);
    assert.deepEqual(new Set(ingestion.ends.map(({ status }) => status)), new Set(["SUCCEEDED"]));
    // 550 deliveries, of which 11 run twice, and what is throttled a second time.
    assert.deepEqual(ingestion.ends.length, 561);
    assert.equal(ingestion.calls.start, 561 + Math.floor(ingestion.calls.start / 100));
  });

  it("takes a delivery for an earlier one's while the video is encoded, and for 90 days after that", async () => {
    const ingestion = new Ingestion(synthesis);
    const later = ENCODING_SECONDS * 1000 + 90 * 24 * 3600 * 1000;
    await ingestion.deliver(EVENT, 0);
    for (const time of [1000, ENCODING_SECONDS * 1000 - 1, later - 1]) {
      await ingestion.deliver({ ...EVENT, id: "another" }, time);
    }
    assert.equal((await ingestion.executions()).length, 1);
    assert.deepEqual(ingestion.entered, { "Check Event": 4, "Start Pipeline": 4, "Already Started": 3 });
    for (const state of Object.keys(ingestion.entered)) entered.add(state);
    await ingestion.deliver(EVENT, later);
    assert.deepEqual(
      (await ingestion.executions()).map(({ started }) => started),
      [later],
    );
  });

  it("hands the pipeline an event that it takes as it is", async () => {
    const inputs = new Set<string | undefined>();
    const { status } = await runScripted(synthesis, {
      input: EVENT,
      script: ({ command }) => void inputs.add(command[command.indexOf("--input") + 1]),
    });
    assert.deepEqual([status, [...inputs]], ["SUCCEEDED", ["s3://videos-bucket/uploads/clip.mp4"]]);
  });

  it("encodes the video in a scripted run, where it starts the pipeline or sends to its queue", async () => {
    const started: unknown[] = [];
    const messages: QueueMessage[] = [];
    const scripted = (input: Json) =>
      runScripted(synthesis, {
        ...{ stateMachine: "ingest", input },
        onStarted: ({ stateMachineArn, input: given }) => started.push([stateMachineArn, given]),
        onMessage: (message) => messages.push(message),
      });
    const run = await scripted(EVENT);
    assert.deepEqual(
      [run.status, run.states.map(({ name }) => name)],
      ["SUCCEEDED", ["Check Event", "Start Pipeline"]],
    );
    assert.deepEqual(started, [[resourceNamed(synthesis, "videos-state-machine").outputs["arn"], EVENT]]);
    assert.deepEqual([run.notifications.length, run.jobs.at(-1)?.name], [1, "videos-PackageVideo"]);
    assert.deepEqual([(await scripted({})).status, started.length, messages[0]?.body], ["FAILED", 1, "{}"]);
  });

  const VIDEOS = ["uploads/a.MOV", 'uploads/it\'s "5%".mp4', "uploads/é/動画.webm", "uploads/a.b.mkv"];
  const OTHER_SUFFIXES = ["uploads/a.avi", "uploads/00000.MTS", "uploads/a.wmv", "uploads/a.3gp", "uploads/a.mpg"];
  for (const key of [...VIDEOS, ...OTHER_SUFFIXES]) {
    it(`starts the pipeline for ${key}`, async () => {
      const { started, states } = await ingest(withObject({ key }));
      assert.deepEqual([started.length, states], [1, ["Check Event", "Start Pipeline"]]);
    });
  }

  const OTHERS: [what: string, event: Json][] = [
    ["a folder", withObject({ key: "uploads/folder/", size: 0 })],
    ["an empty file", withObject({ size: 0 })],
    ["text", withObject({ key: "uploads/notes.txt" })],
    ["a name that is only an ending", withObject({ key: "uploads/mp4" })],
    ["a name that only has the ending in it", withObject({ key: "uploads/clip.mp4.part" })],
  ];
  for (const [what, event] of OTHERS) {
    it(`leaves out ${what}`, async () => {
      const { started, states, messages, end } = await ingest(event);
      assert.deepEqual(
        { started, messages, states },
        { started: [], messages: [], states: ["Check Event", "No Video"] },
      );
      assert.equal(end.status, "SUCCEEDED");
    });
  }

  const INVALID: [what: string, event: Json][] = [
    ["another source", { ...EVENT, source: "my.uploads" }],
    ["another kind of event", { ...EVENT, "detail-type": "Object Deleted" }],
    ["no details", { ...EVENT, detail: null }],
    ["no bucket", { ...EVENT, detail: { object: { key: "uploads/a.mp4", sequencer: "0A", size: 1 } } }],
    ["no sequencer", withObject({ sequencer: null })],
    ["a key that is no text", withObject({ key: 7 })],
    ["a size that is no number", withObject({ size: "5" })],
    ["several events", [EVENT, EVENT]],
    ["an input of the pipeline", { input: "s3://videos-bucket/uploads/a.mp4" }],
    ["no object", "event"],
  ];
  for (const [what, event] of INVALID) {
    it(`keeps ${what}, and says why`, async () => {
      const { started, messages, end, calls, states } = await ingest(event);
      const cause =
        "It is no Object Created event of S3 with a bucket's name, and an object's key, sequencer and size.";
      assert.deepEqual([started, calls], [[], { start: 0, send: 1 }]);
      assert.deepEqual(states, ["Check Event", "Keep Event", "Event Kept"]);
      assert.deepEqual(end, { status: "FAILED", error: "InvalidEvent", cause, seconds: 0 });
      assert.equal(messages[0]?.body, typeof event === "string" ? event : JSON.stringify(event));
      const { EXECUTION_ARN, ...attributes } = messages[0].attributes;
      assert.deepEqual(attributes, { ERROR_CODE: "InvalidEvent", ERROR_MESSAGE: cause });
      assert.match(EXECUTION_ARN!, /^arn:aws:states:us-east-1:123456789012:express:ingest:/);
    });
  }

  const FAILURES: [what: string, troubles: Troubles, failure: StatesError, sends: number][] = [
    ["calls that stay too many", { start: () => THROTTLED }, THROTTLED, 1],
    ["a missing permission", { start: () => DENIED }, DENIED, 1],
    ["no answer", { start: () => "no answer" }, new StatesError("States.Timeout", "unknown"), 1],
    [
      "no answer, and none of the queue until the last attempt",
      { start: () => "no answer", send: (call) => (call < 6 ? "no answer" : undefined) },
      new StatesError("States.Timeout", "unknown"),
      6,
    ],
    [
      "a queue that fails until the last attempt",
      { start: () => THROTTLED, send: (call) => (call < 6 ? QUEUE_DOWN : undefined) },
      ...([THROTTLED, 6] as const),
    ],
  ];
  for (const [what, troubles, { error, cause }, sends] of FAILURES) {
    it(`keeps the event after ${what}, within the time of an Express execution`, async () => {
      const { calls, started, messages, end } = await ingest(EVENT, troubles);
      assert.deepEqual([calls, started, messages.length], [{ start: 7, send: sends }, [], 1]);
      const { ERROR_CODE, ERROR_MESSAGE } = messages[0]!.attributes;
      assert.deepEqual([messages[0]!.body, ERROR_CODE, ERROR_MESSAGE], [JSON.stringify(EVENT), error, cause]);
      assert.deepEqual([end.status, end.error, end.cause], ["FAILED", error, cause]);
      assert.ok(end.seconds < EXPRESS_SECONDS - 60, `${end.seconds} s`);
    });
  }

  it("starts the pipeline at the last attempt", async () => {
    const { started, end, calls } = await ingest(EVENT, { start: (call) => (call < 7 ? THROTTLED : undefined) });
    assert.deepEqual([started.length, end.status, calls], [1, "SUCCEEDED", { start: 7, send: 0 }]);
  });

  it("takes the execution of a call whose answer got lost for its own", async () => {
    const ingestion = new Ingestion(synthesis);
    // The second delivery stands for the retry: the same name and input while the first runs.
    await ingestion.deliver(EVENT);
    await ingestion.deliver(EVENT);
    assert.equal((await ingestion.executions()).length, 1);
    assert.deepEqual(ingestion.entered, { "Check Event": 2, "Start Pipeline": 2 });
  });

  it("keeps an event whose name can't be made at once", async () => {
    const event = { ...EVENT, detail: { ...(EVENT["detail"] as JsonObject), bucket: { name: "" } } };
    const { calls, messages, end } = await ingest(event);
    assert.deepEqual([calls, end.seconds], [{ start: 0, send: 1 }, 0]);
    assert.equal(messages[0]?.attributes["ERROR_CODE"], "States.QueryEvaluationError");
    assert.match(messages[0].attributes["ERROR_MESSAGE"]!, /Pass the whole event\.$/);
  });

  it("fails with the queue's error where the event can't be kept either, for the log to have it", async () => {
    const { messages, end, calls } = await ingest(EVENT, { start: () => THROTTLED, send: () => QUEUE_DOWN });
    assert.deepEqual([messages, calls], [[], { start: 7, send: 6 }]);
    assert.deepEqual([end.status, end.error, end.cause], ["FAILED", QUEUE_DOWN.error, QUEUE_DOWN.cause]);
    const { loggingConfiguration } = resourceNamed(synthesis, "ingest").inputs;
    assert.deepEqual(loggingConfiguration, {
      ...{ level: "ALL", includeExecutionData: true },
      logDestination: `${resourceNamed(synthesis, "ingest-logs").outputs["arn"] as string}:*`,
    });
  });

  it("has entered every state in these tests", () => {
    assert.deepEqual(
      [...entered].sort(),
      everyState(definition())
        .map(({ name }) => name)
        .sort(),
    );
  });

  it("is started by uploads alone, and keeps what can't be delivered to it", () => {
    const { eventPattern } = resourceNamed(synthesis, "uploads").inputs as { eventPattern: string };
    assert.deepEqual(JSON.parse(eventPattern), {
      "source": ["aws.s3"],
      "detail-type": ["Object Created"],
      "detail": { bucket: { name: ["videos-bucket"] }, object: { key: [{ prefix: "uploads/" }] } },
    });
    assert.deepEqual(resourceNamed(synthesis, "uploads-target").inputs, {
      rule: resourceNamed(synthesis, "uploads").outputs["name"],
      arn: ingestOf(synthesis).arn,
      roleArn: resourceNamed(synthesis, "uploads-role").outputs["arn"],
      retryPolicy: { maximumRetryAttempts: 185, maximumEventAgeInSeconds: 86_400 },
      deadLetterConfig: { arn: resourceNamed(synthesis, "failed-uploads").outputs["arn"] },
    });
    assert.deepEqual(resourceNamed(synthesis, "upload-events").inputs, { bucket: "videos-bucket", eventbridge: true });
  });
});
