import { strict as assert } from "node:assert";

import * as pulumi from "@pulumi/pulumi";

import type { Order } from "../../../contract/order";
import type { Uploads, VideoBatchPipelineArgs } from "../../../index";
import { findProblems } from "../../../components/checks";
import { VirtualClock } from "../../../runner/clock/clock";
import type { Json } from "../../../contract/asl";
import { execute } from "../../../runner/stateMachine/execution";
import type { Synthesis } from "../../../runner/synthesis/synthesis";
import { fits } from "../../support/aws/eventPattern";
import { objectCreated } from "../../support/aws/objectCreated";
import { added, IMAGE, named, synthesisePipeline } from "../../support/pipeline";

const ACCOUNT = "us-east-1:123456789012";
const RULE = `arn:aws:events:${ACCOUNT}:rule/videos-uploads`;
const MACHINE = `arn:aws:states:${ACCOUNT}:stateMachine:videos-state-machine`;
const QUEUE = `arn:aws:sqs:${ACCOUNT}:videos-dead-letters`;

describe("a trigger", () => {
  let without: Synthesis;
  let triggered: Synthesis;
  before(async () => {
    without = await synthesisePipeline({ image: IMAGE });
    triggered = await synthesisePipeline({
      image: IMAGE,
      trigger: {
        uploads: { suffixes: [".mp4"] },
        schedules: [{ name: "daily", expression: "rate(1 day)", input: "s3://videos-bucket/news.mp4" }],
      },
    });
  });

  it("adds exactly these resources", () => {
    assert.deepEqual(added(triggered, without), [
      "BucketNotification videos-bucket-notification",
      "EventRule videos-uploads",
      "EventTarget videos-uploads-target",
      "Queue videos-dead-letters",
      "QueuePolicy videos-dead-letters-policy",
      "Role videos-schedules-role",
      "Role videos-uploads-role",
      "RolePolicy videos-schedules-policy",
      "RolePolicy videos-uploads-policy",
      "Schedule videos-daily-schedule",
      "ScheduleGroup videos-schedules",
    ]);
    assert.equal(
      triggered.outputs["deadLetterQueueUrl"],
      "https://sqs.us-east-1.amazonaws.com/123456789012/videos-dead-letters",
    );
    assert.equal(without.outputs["deadLetterQueueUrl"], null);
  });

  it("starts an execution for every upload, again and again for a day, and keeps what never started", () => {
    assert.deepEqual(named(triggered, "videos-bucket-notification").inputs, {
      bucket: "videos-bucket",
      eventbridge: true,
    });
    const { eventPattern, ...rule } = named(triggered, "videos-uploads").inputs;
    assert.deepEqual(rule, { description: "Uploaded videos start the pipeline videos" });
    assert.deepEqual(JSON.parse(eventPattern as string), {
      "source": ["aws.s3"],
      "detail-type": ["Object Created"],
      "detail": {
        bucket: { name: ["videos-bucket"] },
        object: { key: [{ wildcard: "uploads/*.mp4" }] },
      },
    });
    const target = named(triggered, "videos-uploads-target");
    assert.deepEqual(target.inputs, {
      rule: "videos-uploads",
      arn: MACHINE,
      roleArn: "arn:aws:iam::123456789012:role/videos-uploads-role",
      retryPolicy: { maximumRetryAttempts: 185, maximumEventAgeInSeconds: 86_400 },
      deadLetterConfig: { arn: QUEUE },
    });
    for (const name of ["videos-uploads-policy", "videos-dead-letters-policy"]) {
      assert.ok(target.options.dependencies.includes(named(triggered, name).urn), name);
    }
  });

  it("starts at fixed times with one video", () => {
    assert.deepEqual(named(triggered, "videos-daily-schedule").inputs, {
      groupName: "videos-schedules",
      description: "Starts the pipeline videos with one video",
      scheduleExpression: "rate(1 day)",
      scheduleExpressionTimezone: "UTC",
      flexibleTimeWindow: { mode: "OFF" },
      target: {
        arn: MACHINE,
        roleArn: "arn:aws:iam::123456789012:role/videos-schedules-role",
        input: '{"input":"s3://videos-bucket/news.mp4"}',
        retryPolicy: { maximumRetryAttempts: 185, maximumEventAgeInSeconds: 86_400 },
        deadLetterConfig: { arn: QUEUE },
      },
    });
  });

  it("may start this state machine and nothing else, for this rule and these schedules", () => {
    const trust = (service: string, source: string): unknown => ({
      assumeRolePolicy: {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: service },
            Action: "sts:AssumeRole",
            Condition: { StringEquals: { "aws:SourceAccount": "123456789012" }, ArnLike: { "aws:SourceArn": source } },
          },
        ],
      },
    });
    const start = { Sid: "StartExecutions", Effect: "Allow", Action: ["states:StartExecution"], Resource: [MACHINE] };
    const keep = { Sid: "KeepStarts", Effect: "Allow", Action: ["sqs:SendMessage"], Resource: [QUEUE] };
    const group = `arn:aws:scheduler:${ACCOUNT}:schedule-group/videos-schedules`;
    const statements = (name: string): unknown =>
      (named(triggered, name).inputs["policy"] as { Statement: unknown }).Statement;
    assert.deepEqual(named(triggered, "videos-uploads-role").inputs, trust("events.amazonaws.com", RULE));
    assert.deepEqual(statements("videos-uploads-policy"), [start]);
    assert.deepEqual(named(triggered, "videos-schedules-role").inputs, trust("scheduler.amazonaws.com", group));
    assert.deepEqual(statements("videos-schedules-policy"), [start, keep]);
  });

  it("keeps dead letters for two weeks, encrypted, and takes them from this rule alone", () => {
    assert.deepEqual(named(triggered, "videos-dead-letters").inputs, {
      messageRetentionSeconds: 1_209_600,
      sqsManagedSseEnabled: true,
    });
    assert.deepEqual(named(triggered, "videos-dead-letters-policy").inputs, {
      queueUrl: "https://sqs.us-east-1.amazonaws.com/123456789012/videos-dead-letters",
      policy: {
        Version: "2012-10-17",
        Statement: [
          {
            ...{ Sid: "OnlyTls", Effect: "Deny", Principal: "*", Action: "sqs:*", Resource: QUEUE },
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
          {
            ...{ Sid: "KeepEvents", Effect: "Allow", Principal: { Service: "events.amazonaws.com" } },
            ...{ Action: "sqs:SendMessage", Resource: QUEUE },
            Condition: { StringEquals: { "aws:SourceAccount": "123456789012" }, ArnLike: { "aws:SourceArn": RULE } },
          },
        ],
      },
    });
  });

  it("leaves the notifications of a bucket that exists alone", async () => {
    const synthesis = await synthesisePipeline({
      image: IMAGE,
      storage: { bucket: "ours", inputBuckets: [pulumi.output("masters")] },
      trigger: { uploads: { buckets: [pulumi.output("masters")], prefixes: [""] } },
    });
    assert.ok(!synthesis.resources.some(({ type }) => type.includes("BucketNotification")));
    const { eventPattern } = named(synthesis, "videos-uploads").inputs;
    const { detail } = JSON.parse(eventPattern as string) as { detail: { object: unknown } };
    assert.deepEqual(detail.object, { key: [{ "anything-but": { prefix: "output/" } }] });
  });

  it("gives an execution what S3 sends, and the execution finds video and output in it", async () => {
    const key = `uploads/it's "50%" + é😀.mp4`;
    const event = objectCreated(key);
    assert.ok(fits(JSON.parse(named(triggered, "videos-uploads").inputs["eventPattern"] as string), event));
    const submitted: Record<string, Json>[] = [];
    const steps = ["Extract Features", "Transcode_480p-1", "Transcode_480p-2"];
    const order: Order = {
      version: 1,
      plan: { path: "plan.json", fingerprint: "0a1b" },
      chunks: [1, 1],
      renditions: 1,
      todo: steps,
    };
    const done = (answer: Json) => () => Promise.resolve(answer);
    const result = await execute(JSON.parse(triggered.outputs["definition"] as string), event, {
      clock: new VirtualClock(0),
      stateMachine: { arn: MACHINE, name: "videos-state-machine", roleArn: "role" },
      handlers: {
        "arn:aws:states:::batch:submitJob.sync": {
          fields: [
            "JobName",
            "JobDefinition",
            "JobQueue",
            "Parameters",
            "ContainerOverrides",
            "ArrayProperties",
            "Timeout",
          ],
          run: ({ Parameters }) => {
            submitted.push(Parameters as Record<string, Json>);
            return Promise.resolve({ JobId: "42" });
          },
        },
        "arn:aws:states:::aws-sdk:s3:getObject": {
          fields: ["Bucket", "Key"],
          run: done({ Body: JSON.stringify(order) }),
        },
        "arn:aws:states:::sns:publish": {
          fields: ["TopicArn", "Subject", "Message", "MessageStructure", "MessageAttributes"],
          run: done({}),
        },
      },
    });
    assert.equal(result.status, "SUCCEEDED", result.cause);
    assert.ok(submitted.length >= 5);
    for (const { input, output } of submitted) {
      assert.equal(input, `s3://videos-bucket/${key}`);
      assert.equal(output, `s3://videos-bucket/output/${key}`);
    }
  });
});

const uploads = (given: Uploads, more: VideoBatchPipelineArgs = {}): VideoBatchPipelineArgs => ({
  ...more,
  trigger: { uploads: given },
});
const schedule = { name: "daily", expression: "rate(1 day)", input: "s3://videos/a.mp4" };
const own = { image: "alpine", command: ["true"] };

const CASES: [VideoBatchPipelineArgs, string[]][] = [
  [uploads({}), []],
  [uploads({ prefixes: ["in/", "uploads"], suffixes: [".mp4", ".mov"], minimumBytes: 0 }), []],
  [
    uploads({}, { storage: { outputPrefix: "" } }),
    [
      'storage.outputPrefix must not be empty together with trigger.uploads. Received "". Every output would start an execution in turn: use a prefix such as output/.',
    ],
  ],
  ...["output/", "output/new/", "out", "o"].map((given): [VideoBatchPipelineArgs, string[]] => [
    uploads({ prefixes: [given] }),
    [
      `trigger.uploads.prefixes[0] must not overlap with storage.outputPrefix, which is output/. Received "${given}". Outputs must not start executions: use a prefix such as uploads/.`,
    ],
  ]),
  [
    uploads({ prefixes: [] }),
    ["trigger.uploads.prefixes must have at least one entry. Received []. Omit it to use uploads/."],
  ],
  ...[uploads({ prefixes: [""] }), uploads({ prefixes: [""], buckets: ["ours"] }, { storage: { bucket: "ours" } })].map(
    (args): [VideoBatchPipelineArgs, string[]] => [
      args,
      [
        'trigger.uploads.prefixes[0] must not be empty, except as the only prefix of buckets other than the pipeline\'s own. Received "". Outputs must not start executions: use a prefix such as uploads/.',
      ],
    ],
  ),
  [uploads({ prefixes: [""], buckets: ["masters"] }, { storage: { inputBuckets: ["masters"] } }), []],
  [
    uploads({ buckets: ["masters"] }, { storage: { bucket: "ours" } }),
    [
      'trigger.uploads.buckets[0] must be storage.bucket or one of storage.inputBuckets, which jobs may read. Received "masters". Add it to storage.inputBuckets.',
    ],
  ],
  [
    uploads({}, { jobs: { metadata: own, features: own, transcode: own } }),
    [
      "trigger.uploads.buckets must name a bucket when the pipeline has none. Received nothing. Name the buckets that videos are uploaded to.",
    ],
  ],
  [
    uploads({ suffixes: [""], minimumBytes: 5_000_000_001 }),
    [
      'trigger.uploads.suffixes[0] must not be empty. Received "". Use a suffix such as .mp4, or omit suffixes to accept any.',
      "trigger.uploads.minimumBytes must be a whole number from 0 to 5,000,000,000. Received 5000000001. EventBridge doesn't compare larger numbers. With 0, uploads of any size start an execution.",
    ],
  ],
  [
    uploads({ prefixes: ["a".repeat(300), "b".repeat(300)], suffixes: [".mp4", ".mov", ".mkv"] }),
    [
      "trigger.uploads must result in an event pattern of at most 2,048 characters, which is EventBridge's limit. Received 2096. Every prefix is combined with every suffix: remove some of them.",
    ],
  ],
  [{ trigger: { schedules: [schedule, { ...schedule, name: "weekly", output: "s3://videos/output/news" }] } }, []],
  [
    {
      trigger: {
        schedules: [
          { name: "", expression: "daily", input: "a.mp4" },
          { ...schedule, output: "s3://videos/news" },
          { ...schedule, name: "Daily" },
        ],
      },
    },
    [
      'trigger.schedules[2].name must differ from trigger.schedules[1].name by more than case. Received "Daily". Rename or remove one of them.',
      'trigger.schedules[0].name must be 1 to 12 letters, digits, hyphens or underscores, and begin with a letter or digit. Received "". Choose a name such as 1080p or my-queue.',
      'trigger.schedules[0].expression must be like rate(1 day), cron(0 6 * * ? *) or at(2030-01-01T00:00:00). Received "daily". Use one of these forms: EventBridge Scheduler has no others.',
      'trigger.schedules[0].input must be like s3://bucket/key. Received "a.mp4". Each schedule starts one video.',
      "trigger.schedules[1].output must be like s3://bucket/output/…, in the pipeline's bucket. Received \"s3://videos/news\". Jobs may write nowhere else: change it, or omit it to use the video's own prefix.",
    ],
  ],
  ...[{}, { schedules: [] }].map((trigger): [VideoBatchPipelineArgs, string[]] => [
    { trigger },
    [
      `trigger must have uploads, schedules or events. Received ${JSON.stringify(trigger)}. Omit trigger if people or programs start executions.`,
    ],
  ]),
  [
    uploads({ prefixes: ["uploads/", "/uploads/", "/"] }),
    ["/uploads/", "/"].map(
      (prefix, index) =>
        `trigger.uploads.prefixes[${index + 1}] must not begin with a slash. Received "${prefix}". S3 keys don't begin with a slash: use a prefix such as uploads/.`,
    ),
  ],
  [
    uploads({ buckets: ["s3://masters"] }),
    [
      'trigger.uploads.buckets[0] must be a bucket name that S3 allows: 3 to 63 lower-case letters, digits, dots or hyphens. Received "s3://masters". Use only the name, for example my-videos, without s3:// and without a key.',
    ],
  ],
  ...["s3://My_Bucket/a.mp4", "s3://videos", "s3://videos/", "https://videos/a.mp4"].map(
    (input): [VideoBatchPipelineArgs, string[]] => [
      { trigger: { schedules: [{ ...schedule, input }] } },
      [`trigger.schedules[0].input must be like s3://bucket/key. Received "${input}". Each schedule starts one video.`],
    ],
  ),
  ...["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "EST5EDT"].map(
    (timezone): [VideoBatchPipelineArgs, string[]] => [{ trigger: { schedules: [{ ...schedule, timezone }] } }, []],
  ),
  ...["Europe/Bonn", "+01:00", "CET+1", "", "Berlin"].map((timezone): [VideoBatchPipelineArgs, string[]] => [
    { trigger: { schedules: [{ ...schedule, timezone }] } },
    [
      `trigger.schedules[0].timezone must be the name of a time zone. Received "${timezone}". Use a name such as Europe/Berlin. The default is UTC.`,
    ],
  ]),
];

describe("the validation of a trigger", () => {
  for (const [args, expected] of CASES) {
    it(JSON.stringify({ trigger: args.trigger, storage: args.storage }).slice(0, 110), () => {
      const problems = findProblems("videos", { image: IMAGE, ...args });
      assert.deepEqual(
        problems.map(({ reason }) => reason),
        expected,
      );
    });
  }
});
