import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

import type { JsonObject } from "../../contract/asl";
import type { EventRecord } from "../../contract/run";
import { EVENT_SOURCE } from "../../contract/videoEvents";
import schema from "../../contract/videoEvents.schema.json";
import type { VideoBatchPipelineArgs } from "../../index";
import { rejectionError } from "../../runner/integrations/answers";
import { detailProblems } from "../support/videoEvents";
import { ARGS, rehearse, synthesised, type Rehearsal, type RehearsalOptions } from "./faults/rehearsal";

const PLACE = "us-east-1:123456789012";
const MACHINE = `arn:aws:states:${PLACE}:stateMachine:videos-state-machine`;
const TOLERANT = { workflow: { continueOnRenditionFailure: true, continueOnFeaturesFailure: true } };
const APPROVED: RehearsalOptions = { answer: () => Promise.resolve({ by: "Ada" }) };

async function played(
  args: VideoBatchPipelineArgs,
  fail: string[] = [],
  more: RehearsalOptions = {},
): Promise<Rehearsal> {
  return rehearse(await synthesised({ ...ARGS, events: {}, ...args }), fail, more);
}

const kindsOf = ({ record }: Rehearsal): string[] => (record.events ?? []).map(({ detailType }) => detailType);

describe("events of a run", () => {
  /** Checks an event against the schema of its kind, and returns what only events of this kind have. */
  function check({ detail, detailType, source, bus, resources }: EventRecord, { record }: Rehearsal): JsonObject {
    assert.deepEqual(detailProblems(detailType, detail), []);
    assert.deepEqual(
      [source, bus, resources],
      [EVENT_SOURCE, `arn:aws:events:${PLACE}:event-bus/default`, [record.execution, MACHINE]],
    );
    const { version, pipeline, execution, executionName, stateMachine, startTime, input, output, ...own } = detail;
    assert.deepEqual(
      { version, pipeline, execution, executionName, stateMachine, startTime },
      {
        ...{ version: 1, pipeline: "videos", execution: record.execution, stateMachine: MACHINE },
        ...{ executionName: record.execution.split(":").at(-1), startTime: record.started },
      },
    );
    const { executionInput, ...members } = own;
    assert.deepEqual(executionInput, record.input);
    assert.deepEqual({ input, output }, record.input);
    return members;
  }

  const checked = (rehearsal: Rehearsal): JsonObject[] =>
    (rehearsal.record.events ?? []).map((event) => check(event, rehearsal));
  const outputOf = ({ record }: Rehearsal): string => (record.input as { output: string }).output;

  it("say of a video that it is planned, and that it is published", async () => {
    const rehearsal = await played({});
    assert.deepEqual(kindsOf(rehearsal), ["Video Planned", "Video Published"]);
    const output = outputOf(rehearsal);
    assert.deepEqual(checked(rehearsal), [
      { metadata: `${output}/metadata.json`, plan: `${output}/plan.json` },
      { status: "SUCCEEDED", manifest: `${output}/manifest.json`, playlist: `${output}/hls/master.m3u8` },
    ]);
    assert.equal(rehearsal.record.status, "SUCCEEDED");
  });

  it("say what a published video lacks, and who approved it", async () => {
    const fail = ["Transcode_480p-2:exit=2", "Extract Features:exit=2"];
    const rehearsal = await played({ ...TOLERANT, approval: {} }, fail, APPROVED);
    assert.deepEqual(kindsOf(rehearsal), ["Video Planned", "Video Published"]);
    const { status, missing, approvedBy } = checked(rehearsal)[1]!;
    assert.deepEqual([status, missing, approvedBy], ["PARTIAL", ["features", "480p"], "Ada"]);
  });

  it("say why a video failed, and where", async () => {
    const rehearsal = await played({}, ["Package Video:exit=2"]);
    assert.deepEqual(kindsOf(rehearsal), ["Video Planned", "Video Failed"]);
    const { job, log, ...failure } = checked(rehearsal)[1]!;
    const [packaging] = rehearsal.jobsOf("Package Video");
    assert.deepEqual([job, (log as string).endsWith("PackageVideo-1.log")], [packaging?.id, true]);
    assert.deepEqual(failure, {
      step: "Package Video",
      error: "States.TaskFailed",
      cause: "Package Video failed: exit code 2 after 1 attempt. Essential container in task exited.",
      logGroup: "videos-job-logs",
    });
  });

  it("say nothing of a plan that there is not", async () => {
    assert.deepEqual(kindsOf(await played({}, ["Extract Metadata:exit=2"])), ["Video Failed"]);
  });

  it("tell a rejection from a failure", async () => {
    const answer = (): Promise<never> => Promise.reject(rejectionError("Ada", "Too dark."));
    const rehearsal = await played({ approval: {} }, [], { answer });
    assert.deepEqual(kindsOf(rehearsal), ["Video Planned", "Video Rejected"]);
    const { error, cause } = checked(rehearsal)[1]!;
    assert.deepEqual([error, cause], ["VideoRejected", "The video was rejected by Ada: Too dark."]);
    assert.deepEqual(kindsOf(await played({ approval: {} }, ["Package Video:exit=2"], APPROVED)), [
      "Video Planned",
      "Video Failed",
    ]);
  });

  it("come without any of the worker's files from commands of somebody else", async () => {
    const own = { image: "alpine", command: ["true"] };
    const rehearsal = await played({ jobs: { metadata: own, features: own, transcode: own } });
    const published = rehearsal.record.events?.map(({ detailType, detail }) => [detailType, Object.keys(detail)]);
    const always = [
      "version",
      "pipeline",
      "execution",
      "executionName",
      "stateMachine",
      "startTime",
      "input",
      "output",
    ];
    assert.deepEqual(published, [
      ["Video Planned", [...always, "executionInput"]],
      ["Video Published", [...always, "executionInput", "status"]],
    ]);
  });

  it("are described by a schema that the package exports", () => {
    assert.deepEqual(createRequire(__filename)("video-batch-pipeline/events.schema.json"), schema);
  });

  it("are what docs/events.md shows", () => {
    const text = readFileSync(path.join(__dirname, "..", "..", "docs", "events.md"), "utf8");
    const [, shown = ""] = /^```json\n(.*?)^```/ms.exec(text) ?? [];
    const { detail, ...envelope } = JSON.parse(shown) as { "detail-type": string; "detail": object };
    assert.deepEqual(detailProblems(envelope["detail-type"], detail), []);
    assert.deepEqual(envelope, { "source": EVENT_SOURCE, "detail-type": "Video Published" });
  });

  it("are all described by the schema", async () => {
    const partial = await played({ ...TOLERANT, approval: {} }, ["Extract Features:exit=2"], APPROVED);
    const failed = await played({}, ["Package Video:exit=2"]);
    const { definitions } = schema as { definitions: Record<string, { properties: object }> };
    for (const { detailType, detail } of [...partial.record.events!, ...failed.record.events!]) {
      const known = ["execution", "failure", detailType].flatMap((name) => Object.keys(definitions[name]!.properties));
      assert.deepEqual(
        Object.keys(detail).filter((name) => !known.includes(name)),
        [],
        detailType,
      );
    }
    assert.notDeepEqual(detailProblems("Video Planned", {}), [], "the schema refuses nothing");
  });

  // Each fault in the last call, for good, with what the record says of the state.
  const FAULTS: [kind: string, retries: number, error: string][] = [
    ["throttle", 3, "EventBridge.AmazonEventBridgeException"],
    ["unavailable", 3, "EventBridge.InternalException"],
    ["denied", 3, "EventBridge.AmazonEventBridgeException"],
    ["failed-entry", 3, "EventBridge.FailedEntry"],
    ["timeout", 0, "States.Timeout"],
  ];
  for (const [kind, retries, error] of FAULTS) {
    it(`change nothing else when they can't be sent: ${kind}`, async () => {
      const faults = ["Planned", "Published"].map((event) => `Send Video ${event}:kind=${kind}`);
      const { record, hasManifest, notices } = await played({}, faults);
      assert.deepEqual([record.status, hasManifest, record.failure], ["SUCCEEDED", true, undefined]);
      assert.deepEqual([record.events, record.unusedFaults], [undefined, undefined]);
      assert.deepEqual(
        notices.map(({ status }) => status),
        ["SUCCEEDED"],
      );
      for (const event of ["Planned", "Published"]) {
        const state = record.states.find(({ name }) => name === `Send Video ${event}`);
        assert.deepEqual([state?.outcome, state?.retries, state?.error], ["caught", retries, error]);
      }
    });

    it(`don't hide why a video failed when they can't be sent: ${kind}`, async () => {
      const { record, notices } = await played({}, ["Package Video:exit=2", `Send Video Failed:kind=${kind}`]);
      assert.deepEqual([record.status, record.failure?.state], ["FAILED", "Package Video"]);
      assert.match(record.cause ?? "", /^Package Video failed: exit code 2/);
      assert.equal(notices.at(-1)?.["status"], "FAILED");
    });
  }

  it("are sent when the trouble is over", async () => {
    const rehearsal = await played({}, ["Send Video Published:kind=throttle,attempt=1-3"]);
    assert.deepEqual(kindsOf(rehearsal), ["Video Planned", "Video Published"]);
  });

  it("are sent again by no redrive of a notice: the video was published before it", async () => {
    const { record } = await played({}, ["Notify Success:kind=denied"]);
    assert.deepEqual(
      record.events?.map(({ detailType }) => detailType),
      ["Video Planned", "Video Published", "Video Failed"],
    );
  });

  it("are none without being asked for", async () => {
    const { record } = await rehearse(await synthesised(), []);
    assert.equal(record.events, undefined);
  });
});
