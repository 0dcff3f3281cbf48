import { strict as assert } from "node:assert";

import { NotificationStatus, type SubscriptionProtocol, type VideoBatchPipelineArgs } from "../../../index";
import { findProblems } from "../../../components/checks";
import { definitionOf, statesOf, type Synthesis } from "../../../testing";
import { fits } from "../../support/aws/eventPattern";
import { transformed } from "../../support/aws/inputTransformer";
import { IMAGE, added, named, ofType, synthesisePipeline } from "../../support/pipeline";

const ACCOUNT = "us-east-1:123456789012";
const TOPIC = `arn:aws:sns:${ACCOUNT}:videos-topic`;
const MACHINE = `arn:aws:states:${ACCOUNT}:stateMachine:videos-state-machine`;
const EXECUTION = MACHINE.replace(":stateMachine:", ":execution:");

/** https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html */
const ended = (status: string, stateMachineArn = MACHINE): unknown => ({
  "source": "aws.states",
  "detail-type": "Step Functions Execution Status Change",
  "account": "123456789012",
  "resources": [`${EXECUTION}:a1`],
  "detail": { executionArn: `${EXECUTION}:a1`, stateMachineArn, name: "a1", status, startDate: 1, stopDate: 2 },
});

/** https://docs.aws.amazon.com/batch/latest/userguide/batch-job-queue-blocked-events.html */
const blocked = (queue: string): unknown => ({
  "source": "aws.batch",
  "detail-type": "Batch Job Queue Blocked",
  "detail": {
    jobName: "videos-Transcode_720p-1",
    jobId: "4c7599ae",
    jobQueue: `arn:aws:batch:${ACCOUNT}:job-queue/${queue}`,
    status: "RUNNABLE",
    statusReason: 'CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY - "none left"',
  },
});

function statementsOf(synthesis: Synthesis, policy: string): { Sid: string }[] {
  return (named(synthesis, policy).inputs["policy"] as { Statement: { Sid: string }[] }).Statement;
}

describe("notices of services", () => {
  let synthesis: Synthesis;
  before(async () => {
    synthesis = await synthesisePipeline({ image: IMAGE, notifications: { enableServiceNotices: true } });
  });
  const pattern = (name: string): unknown => JSON.parse(named(synthesis, name).inputs["eventPattern"] as string);
  const message = (name: string, event: unknown): unknown => {
    const { inputTransformer, ...rest } = named(synthesis, `${name}-target`).inputs;
    const roleArn = "arn:aws:iam::123456789012:role/videos-notices-role";
    assert.deepEqual(rest, { rule: name, arn: TOPIC, roleArn });
    return transformed(inputTransformer as Parameters<typeof transformed>[0], event);
  };

  it("add exactly these resources", async () => {
    const without = await synthesisePipeline({ image: IMAGE });
    assert.deepEqual(added(synthesis, without), [
      "EventRule videos-blocked-queues",
      "EventRule videos-ended-executions",
      "EventTarget videos-blocked-queues-target",
      "EventTarget videos-ended-executions-target",
      "Role videos-notices-role",
      "RolePolicy videos-notices-policy",
    ]);
  });

  it("report executions that were stopped or timed out, and leave the others to the state machine", () => {
    const ends = ["RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED", "PENDING_REDRIVE"];
    assert.deepEqual(
      ends.filter((status) => fits(pattern("videos-ended-executions"), ended(status))),
      ["TIMED_OUT", "ABORTED"],
    );
    assert.ok(!fits(pattern("videos-ended-executions"), ended("ABORTED", `${MACHINE}-2`)));
    assert.deepEqual(message("videos-ended-executions", ended("TIMED_OUT")), {
      summary: "Execution a1 of videos ended as TIMED_OUT before its video was finished.",
      status: "TIMED_OUT",
      execution: `${EXECUTION}:a1`,
      stateMachine: MACHINE,
    });
  });

  it("report blocked queues of this pipeline", () => {
    assert.ok(fits(pattern("videos-blocked-queues"), blocked("videos-high-queue")));
    assert.ok(!fits(pattern("videos-blocked-queues"), blocked("other")));
    assert.deepEqual(message("videos-blocked-queues", blocked("videos-low-queue")), {
      summary: "A queue of videos is blocked: its first job, videos-Transcode_720p-1, can't start.",
      status: "QUEUE_BLOCKED",
      queue: `arn:aws:batch:${ACCOUNT}:job-queue/videos-low-queue`,
      job: "4c7599ae",
      cause: 'CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY - "none left"',
    });
  });

  it("come with a role that EventBridge assumes for these two rules alone, and that may publish", () => {
    const rule = (name: string): string => `arn:aws:events:${ACCOUNT}:rule/${name}`;
    assert.deepEqual(named(synthesis, "videos-notices-role").inputs, {
      assumeRolePolicy: {
        Version: "2012-10-17",
        Statement: [
          {
            ...{ Effect: "Allow", Principal: { Service: "events.amazonaws.com" }, Action: "sts:AssumeRole" },
            Condition: {
              StringEquals: { "aws:SourceAccount": "123456789012" },
              ArnLike: { "aws:SourceArn": [rule("videos-ended-executions"), rule("videos-blocked-queues")] },
            },
          },
        ],
      },
    });
    assert.deepEqual(statementsOf(synthesis, "videos-notices-policy"), [
      { Sid: "PublishNotices", Effect: "Allow", Action: ["sns:Publish"], Resource: [TOPIC] },
    ]);
    const policy = named(synthesis, "videos-notices-policy").urn;
    assert.ok(named(synthesis, "videos-ended-executions-target").options.dependencies.includes(policy));
    // The key that AWS keeps for SNS is free, and lets every role of the account use it through SNS.
    assert.deepEqual(named(synthesis, "videos-topic").inputs, { kmsMasterKeyId: "alias/aws/sns" });
  });

  it("come on a topic that only this pipeline publishes on", () => {
    const publish = { Action: "sns:Publish", Resource: TOPIC };
    const policy = {
      Version: "2012-10-17",
      Statement: [
        {
          ...{ ...publish, Sid: "OnlyTls", Effect: "Deny", Principal: "*" },
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
        {
          ...{ ...publish, Sid: "OnlyThisPipeline", Effect: "Deny", Principal: "*" },
          Condition: {
            ArnNotEquals: {
              "aws:PrincipalArn": ["state-machine", "notices"].map(
                (name) => `arn:aws:iam::123456789012:role/videos-${name}-role`,
              ),
            },
            Bool: { "aws:PrincipalIsAWSService": "false" },
          },
        },
      ],
    };
    assert.deepEqual(named(synthesis, "videos-topic-policy").inputs, { arn: TOPIC, policy });
    assert.deepEqual(JSON.parse(synthesis.outputs["topicPolicy"] as string), policy);
  });

  it("go to a topic that exists without touching its policy, and with its key", async () => {
    const [topicArn, topicKeyArn] = [`arn:aws:sns:${ACCOUNT}:ours`, `arn:aws:kms:${ACCOUNT}:key/1234abcd`];
    const notifications = { topicArn, topicKeyArn, enableServiceNotices: true };
    const other = await synthesisePipeline({ image: IMAGE, notifications });
    assert.ok(!other.resources.some(({ type }) => /sns\/topic|kms/.test(type)));
    assert.equal(named(other, "videos-blocked-queues-target").inputs["arn"], topicArn);
    for (const policy of ["videos-state-machine-policy", "videos-notices-policy"]) {
      assert.deepEqual(
        statementsOf(other, policy).find(({ Sid }) => Sid === "PublishWithKey"),
        {
          Sid: "PublishWithKey",
          Effect: "Allow",
          Action: ["kms:Decrypt", "kms:GenerateDataKey"],
          Resource: [topicKeyArn],
          Condition: { StringEquals: { "kms:ViaService": "sns.us-east-1.amazonaws.com" } },
        },
        policy,
      );
    }
  });

  it("say what the policy of a topic that exists needs, for alarms and nothing else", async () => {
    const topicArn = `arn:aws:sns:${ACCOUNT}:ours`;
    const other = await synthesisePipeline({ image: IMAGE, notifications: { topicArn }, monitoring: {} });
    const { Statement } = JSON.parse(other.outputs["topicPolicy"] as string) as { Statement: { Sid: string }[] };
    const alarms = ofType(other, "aws:cloudwatch/metricAlarm:MetricAlarm").map(({ outputs }) => outputs["arn"]);
    assert.equal(alarms.length, 4);
    assert.deepEqual(
      Statement.map(({ Sid }) => Sid),
      ["OnlyTls", "Alarms"],
    );
    assert.deepEqual(Statement[1], {
      ...{ Sid: "Alarms", Effect: "Allow", Principal: { Service: "cloudwatch.amazonaws.com" } },
      ...{ Action: "sns:Publish", Resource: topicArn },
      Condition: { StringEquals: { "aws:SourceAccount": "123456789012" }, ArnEquals: { "aws:SourceArn": alarms } },
    });
  });
});

describe("subscriptions", () => {
  it("deliver to addresses, queues and URLs, by status", async () => {
    const synthesis = await synthesisePipeline({
      image: IMAGE,
      notifications: {
        emailAddresses: ["a@example.com"],
        subscriptions: [
          { name: "desk", protocol: "email", endpoint: "desk@example.com", statuses: ["FAILED", "SERVICE"] },
          { name: "catalogue", protocol: "sqs", endpoint: `arn:aws:sqs:${ACCOUNT}:catalogue`, statuses: ["SUCCEEDED"] },
          { name: "hook", protocol: "https", endpoint: "https://example.com/hook" },
        ],
      },
    });
    const subscriptions = ofType(synthesis, "aws:sns/topicSubscription:TopicSubscription");
    assert.deepEqual(Object.fromEntries(subscriptions.map(({ name, inputs }) => [name, inputs])), {
      "videos-email-1": { topic: TOPIC, protocol: "email", endpoint: "a@example.com" },
      "videos-desk-subscription": {
        ...{ topic: TOPIC, protocol: "email", endpoint: "desk@example.com" },
        filterPolicy: '{"status":["FAILED",{"exists":false}]}',
      },
      "videos-catalogue-subscription": {
        ...{ topic: TOPIC, protocol: "sqs", endpoint: `arn:aws:sqs:${ACCOUNT}:catalogue` },
        filterPolicy: '{"status":["SUCCEEDED"]}',
      },
      "videos-hook-subscription": { topic: TOPIC, protocol: "https", endpoint: "https://example.com/hook" },
    });
  });

  it("know every status that the pipeline's own notices have", async () => {
    const args = { image: IMAGE, approval: {}, workflow: { continueOnRenditionFailure: true } };
    const states = statesOf(definitionOf(await synthesisePipeline(args)));
    const sent = states.flatMap(([, state]) => {
      if (state.Type !== "Task" || !state.Resource.includes("sns:publish")) return [];
      const { MessageAttributes } = state.Arguments as { MessageAttributes: { status: { StringValue: string } } };
      return [MessageAttributes.status.StringValue];
    });
    assert.deepEqual([...new Set(sent), "SERVICE"].sort(), Object.values(NotificationStatus).sort());
  });
});

const subscription = { name: "desk", protocol: "email", endpoint: "desk@example.com" } as const;
const CASES: [VideoBatchPipelineArgs, string[]][] = [
  [
    {
      notifications: {
        subscriptions: [
          { ...subscription, protocol: "sms" as SubscriptionProtocol },
          { ...subscription, name: "Desk", endpoint: "desk" },
          { name: "q", protocol: "sqs", endpoint: "queue", statuses: [] },
          { name: "h", protocol: "https", endpoint: "http://example.com", statuses: ["DONE" as NotificationStatus] },
        ],
      },
    },
    [
      'notifications.subscriptions[1].name must differ from notifications.subscriptions[0].name by more than case. Received "Desk". Rename or remove one of them.',
      'notifications.subscriptions[0].protocol must be one of email, sqs, https. Received "sms". Use sqs for functions and other services: they can read from a queue.',
      'notifications.subscriptions[1].endpoint must be an e-mail address. Received "desk". Correct it, or change the protocol.',
      'notifications.subscriptions[2].endpoint must be the ARN of an SQS queue. Received "queue". Correct it, or change the protocol.',
      "notifications.subscriptions[2].statuses must have at least one entry. Received []. Omit it to send all notices.",
      'notifications.subscriptions[3].endpoint must be a URL that begins with https://. Received "http://example.com". Correct it, or change the protocol.',
      'notifications.subscriptions[3].statuses[0] must be one of SUCCEEDED, PARTIAL, FAILED, APPROVAL_WANTED, SERVICE. Received "DONE". Omit statuses to send all notices.',
    ],
  ],
  [
    { notifications: { topicKeyArn: "alias/ours" } },
    [
      'notifications.topicKeyArn must not be given without notifications.topicArn. Received "alias/ours". Remove it: a topic that the pipeline creates uses the key of encryption.',
      'notifications.topicKeyArn must be the ARN of a KMS key. Received "alias/ours". Use the key\'s ARN instead of an alias: policies name the key itself.',
    ],
  ],
  ...["videos", "arn:aws:sns:eu-west-1:123456789012:videos.fifo", "arn:aws:sqs:eu-west-1:123456789012:videos"].map(
    (topicArn): [VideoBatchPipelineArgs, string[]] => [
      { notifications: { topicArn } },
      [
        `notifications.topicArn must be the ARN of an SNS topic that isn't FIFO. Received "${topicArn}". Use an ARN such as arn:aws:sns:eu-west-1:123456789012:videos.`,
      ],
    ],
  ),
  ...["aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-f"].map((partition): [VideoBatchPipelineArgs, string[]] => [
    {
      notifications: {
        topicArn: `arn:${partition}:sns:any-region-1:123456789012:videos`,
        topicKeyArn: `arn:${partition}:kms:any-region-1:123456789012:key/mrk-1234abcd`,
        subscriptions: [
          { name: "q", protocol: "sqs", endpoint: `arn:${partition}:sqs:any-region-1:123456789012:videos` },
        ],
      },
      encryption: { kmsKeyArn: `arn:${partition}:kms:any-region-1:123456789012:key/1234abcd` },
      roles: { jobRoleArn: `arn:${partition}:iam::123456789012:role/path/jobs` },
    },
    [],
  ]),
  [
    { notifications: { emailAddresses: ["media@example.com", "media.example.com", "Media <media@example.com>"] } },
    [
      'notifications.emailAddresses[1] must be an e-mail address. Received "media.example.com". Use an address such as media@example.com. Other endpoints go in notifications.subscriptions.',
      'notifications.emailAddresses[2] must be an e-mail address. Received "Media <media@example.com>". Use an address such as media@example.com. Other endpoints go in notifications.subscriptions.',
    ],
  ],
  [
    { encryption: { kmsKeyArn: "alias/media", enableKey: true } },
    [
      "encryption.enableKey must not be true together with encryption.kmsKeyArn. Received true. Remove encryption.kmsKeyArn to create a key, or encryption.enableKey to keep yours.",
      'encryption.kmsKeyArn must be the ARN of a KMS key. Received "alias/media". Use the key\'s ARN instead of an alias: policies name the key itself.',
    ],
  ],
];

for (const [args, expected] of CASES) {
  it(`the validation of ${Object.keys(args).join(", ")}`, () => {
    assert.deepEqual(
      findProblems("videos", { image: IMAGE, ...args }).map(({ reason }) => reason),
      expected,
    );
  });
}
