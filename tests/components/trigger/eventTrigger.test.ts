import { strict as assert } from "node:assert";

import type { Json } from "../../../contract/asl";
import type { EventTrigger } from "../../../index";
import type { Synthesis } from "../../../runner/synthesis/synthesis";
import { MISSING_WORK } from "../../../contract/jobs";
import { runScripted, type Script } from "../../../testing";
import { fits } from "../../support/aws/eventPattern";
import { objectCreated } from "../../support/aws/objectCreated";
import { added, IMAGE, named, synthesisePipeline } from "../../support/pipeline";

const ACCOUNT = "us-east-1:123456789012";
const MACHINE = `arn:aws:states:${ACCOUNT}:stateMachine:videos-state-machine`;
const QUEUE = `arn:aws:sqs:${ACCOUNT}:videos-dead-letters`;

const PATTERN = { "source": ["our.uploads"], "detail-type": ["Video Uploaded"] };
const SAMPLE = {
  "version": "0",
  "id": "17793124-05d4-b198-2fde-7ededc63b103",
  "detail-type": "Video Uploaded",
  "source": "our.uploads",
  "account": "123456789012",
  "time": "2026-11-29T20:00:00Z",
  "region": "us-east-1",
  "resources": [],
  "detail": { input: "s3://masters/talk.mp4", talk: 42 },
};
const ASSET = { ...SAMPLE, detail: { asset: { uri: "s3://masters/talk.mp4" } } };
const STORAGE = { inputBuckets: ["masters"] };
const EVENTS: EventTrigger = { busName: "media", pattern: PATTERN, sample: SAMPLE };

function valuesOf(command: string[], ...options: string[]): string {
  return options.map((option) => command[command.indexOf(option) + 1]).join(" ");
}

describe("a trigger by events", () => {
  let triggered: Synthesis;
  before(async () => {
    triggered = await synthesisePipeline({ image: IMAGE, storage: STORAGE, trigger: { events: EVENTS } });
  });

  it("adds exactly these resources", async () => {
    assert.deepEqual(added(triggered, await synthesisePipeline({ image: IMAGE, storage: STORAGE })), [
      "EventRule videos-events-trigger",
      "EventTarget videos-events-trigger-target",
      "Queue videos-dead-letters",
      "QueuePolicy videos-dead-letters-policy",
      "Role videos-events-trigger-role",
      "RolePolicy videos-events-trigger-policy",
    ]);
  });

  it("starts an execution with every whole event, again and again for a day, and keeps what never started", () => {
    const { eventPattern, ...rule } = named(triggered, "videos-events-trigger").inputs;
    assert.deepEqual(rule, { description: "Events start the pipeline videos", eventBusName: "media" });
    assert.deepEqual(JSON.parse(eventPattern as string), PATTERN);
    assert.ok(fits(PATTERN, SAMPLE));
    const target = named(triggered, "videos-events-trigger-target");
    assert.deepEqual(target.inputs, {
      rule: "videos-events-trigger",
      eventBusName: "media",
      arn: MACHINE,
      roleArn: "arn:aws:iam::123456789012:role/videos-events-trigger-role",
      retryPolicy: { maximumRetryAttempts: 185, maximumEventAgeInSeconds: 86_400 },
      deadLetterConfig: { arn: QUEUE },
    });
    for (const name of ["videos-events-trigger-policy", "videos-dead-letters-policy"]) {
      assert.ok(target.options.dependencies.includes(named(triggered, name).urn), name);
    }
  });
});

describe("an execution that an event starts", () => {
  let byDetail: Synthesis;
  let byExpression: Synthesis;
  before(async () => {
    const renditions = [{ name: "720p", height: 720 }];
    const make = (events: EventTrigger) =>
      synthesisePipeline({ image: IMAGE, storage: STORAGE, renditions, trigger: { events } });
    byDetail = await make(EVENTS);
    byExpression = await make({
      ...EVENTS,
      sample: ASSET,
      executionInput: "{ 'input': $substringBefore(detail.asset.uri, '?') }",
    });
  });

  /** What the metadata jobs were started with, and how the execution ended. */
  const started = async (
    synthesis: Synthesis,
    input: Json,
    script: (step: string) => Script | undefined = () => undefined,
  ) => {
    const commands: string[] = [];
    const { status, error, cause, notifications } = await runScripted(synthesis, {
      input,
      script: ({ command }) => {
        const [, step = ""] = command;
        if (step === "metadata") commands.push(valuesOf(command, "--input", "--output", "--max-damaged-share"));
        return script(step);
      },
    });
    const [notice] = notifications.map(({ message }) => JSON.parse(message) as Record<string, unknown>);
    return { status, error, cause, notice, commands };
  };

  it("reads the detail as its input, with all that an input may have", async () => {
    const detail = {
      ...{ input: 's3://masters/it\'s "50%" é😀.mp4', output: "s3://videos-bucket/output/x/" },
      maxDamagedShare: 0.5,
    };
    const { status, commands } = await started(byDetail, { ...SAMPLE, detail });
    assert.deepEqual([status, commands], ["SUCCEEDED", [`${detail.input} s3://videos-bucket/output/x 0.5`]]);
  });

  it("takes S3's event, and the inputs of other starts", async () => {
    const own = "s3://masters/a.mp4 s3://videos-bucket/output/a.mp4 0.02";
    assert.deepEqual((await started(byDetail, objectCreated("a.mp4", { bucket: "masters" }))).commands, [own]);
    for (const synthesis of [byDetail, byExpression]) {
      assert.deepEqual((await started(synthesis, { input: "s3://masters/a.mp4" })).commands, [own]);
    }
  });

  it("has the input that an expression yields", async () => {
    const { status, commands } = await started(byExpression, ASSET);
    assert.deepEqual(
      [status, commands],
      ["SUCCEEDED", ["s3://masters/talk.mp4 s3://videos-bucket/output/talk.mp4 0.02"]],
    );
  });

  it("begins again with the same input", async () => {
    let packaged = 0;
    const { status, commands } = await started(byExpression, ASSET, (step) => {
      if (step !== "package") return undefined;
      packaged += 1;
      return packaged === 1 ? { seconds: 1, exitCode: MISSING_WORK, lastErrorLine: "A chunk is missing." } : undefined;
    });
    assert.equal(status, "SUCCEEDED");
    assert.deepEqual(commands, new Array(2).fill("s3://masters/talk.mp4 s3://videos-bucket/output/talk.mp4 0.02"));
  });

  it("fails with a notice that says so if the event has no video", async () => {
    const sentences: [Synthesis, string][] = [
      [
        byDetail,
        "The event has no video: its detail must have an input like s3://bucket/key, or be that of S3's Object Created event.",
      ],
      [
        byExpression,
        "The event has no video: trigger.events.executionInput must yield an object with an input like s3://bucket/key.",
      ],
    ];
    for (const [synthesis, sentence] of sentences) {
      const { status, error, cause, notice, commands } = await started(synthesis, { ...SAMPLE, detail: { talk: 42 } });
      assert.deepEqual([status, error, commands], ["FAILED", "EventWithoutVideo", []]);
      assert.equal(cause, `Read Event failed: EventWithoutVideo. ${sentence}`);
      assert.deepEqual(
        { status: notice?.["status"], step: notice?.["step"], cause: notice?.["cause"], input: notice?.["input"] },
        { status: "FAILED", step: "Read Event", cause, input: null },
      );
    }
  });

  it("fails with a notice if the expression does", async () => {
    const detail = { asset: { uri: 7 } };
    const { status, cause, notice } = await started(byExpression, { ...SAMPLE, detail });
    assert.equal(status, "FAILED");
    assert.match(cause ?? "", /^Read Event failed: States\.QueryEvaluationError\. .* T0410: /s);
    assert.deepEqual([notice?.["step"], notice?.["cause"]], ["Read Event", cause]);
  });
});
