import { strict as assert } from "node:assert";

import * as pulumi from "@pulumi/pulumi";

import { findProblems } from "../../../components/checks";
import type { EventTrigger, VideoBatchPipelineArgs } from "../../../index";
import type { Synthesis } from "../../../runner/synthesis/synthesis";
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
const EVENTS: EventTrigger = { busName: "media", pattern: PATTERN, sample: SAMPLE };

const problemsOf = (events: Partial<EventTrigger>, more: VideoBatchPipelineArgs = {}): string[] =>
  findProblems("videos", { ...more, trigger: { ...more.trigger, events: { ...EVENTS, ...events } } }).map(
    ({ reason }) => reason,
  );

describe("a trigger by events", () => {
  let triggered: Synthesis;
  before(async () => {
    triggered = await synthesisePipeline({ image: IMAGE, trigger: { events: EVENTS } });
  });

  it("adds exactly these resources", async () => {
    assert.deepEqual(added(triggered, await synthesisePipeline({ image: IMAGE })), [
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

describe("the arguments of a trigger by events", () => {
  it("are valid", () => {
    assert.deepEqual(problemsOf({}), []);
    assert.deepEqual(problemsOf({ busName: "aws.partner/example.com/videos" }), []);
    assert.deepEqual(problemsOf({ busName: `arn:aws:events:${ACCOUNT}:event-bus/media` }), []);
    assert.deepEqual(problemsOf({ pattern: pulumi.output(PATTERN) }), []);
  });

  it("need an event that matches the pattern and has a video", () => {
    assert.deepEqual(problemsOf({ sample: { ...SAMPLE, source: "theirs" } }), [
      "trigger.events.sample must match trigger.events.pattern. Received an object. Correct source in one of the two.",
    ]);
    assert.deepEqual(problemsOf({ sample: { ...SAMPLE, detail: { talk: 42 } } }), [
      'trigger.events.sample must have a video, such as s3://bucket/key, as detail.input. Received {"talk":42}. If it has the video elsewhere, say with trigger.events.executionInput where.',
    ]);
  });

  it("need an event that the pipeline doesn't cause itself", () => {
    const pattern = { "source": ["aws.s3"], "detail-type": ["Object Created"] };
    const sample = objectCreated("uploads/a.mp4");
    assert.deepEqual(problemsOf({ busName: undefined, pattern, sample }), [
      'trigger.events.pattern must not match S3\'s events about the pipeline\'s outputs, or every execution would start others. Received {"source":["aws.s3"],"detail-type":["Object Created"]}. Select keys outside output/, for example with {"prefix": "uploads/"}.',
    ]);
  });
});
