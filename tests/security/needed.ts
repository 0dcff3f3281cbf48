import assert from "node:assert/strict";

import { EVENT_SOURCE } from "../../contract/videoEvents";
import type { Synthesis, SynthesisedResource } from "../../testing";
import { definitionOf, resourcesOfType as ofType, statesOf, type State } from "../../testing";
import type { Call } from "../support/aws/iam";
import {
  callOfListing,
  callsOfJobCreation,
  callsOfMediaConvert,
  type JobCreation,
  MEDIA_CONVERT_OUTPUT,
  rolesOfMediaConvert,
} from "./mediaConvert";
import { bucketKey, COMPONENT, isOwnKey, throughKey, topicKeys } from "./encrypted";

/** What the worker asks of S3, recorded by `tests/worker/storage/s3.test.ts` from a real run. */
export const WORKER_CALLS = {
  reads: ["s3:GetObject"],
  lists: ["s3:ListBucket"],
  writes: ["s3:PutObject", "s3:PutObjectTagging", "s3:DeleteObject", "s3:AbortMultipartUpload"],
};

/** The calls that are made with each role of a program, by the role's resource name. */
export function neededCalls(synthesis: Synthesis): Map<string, Call[]> {
  const needed = new Map<string, Call[]>();
  const roles = new Map(ofType(synthesis, "aws:iam/role:Role").map(({ name, outputs }) => [outputs["arn"], name]));
  const need = (roleArn: unknown, calls: Call[]): void => {
    const role = roles.get(roleArn);
    // A role that was there before is its owner's affair.
    if (role !== undefined) needed.set(role, [...(needed.get(role) ?? []), ...calls]);
  };
  for (const machine of ofType(synthesis, "aws:sfn/stateMachine:StateMachine")) {
    need(machine.inputs["roleArn"], callsOfStateMachine(synthesis, machine));
    for (const role of rolesOfMediaConvert(definitionOf(synthesis, machine.name))) {
      need(role, callsOfMediaConvert(outputOf(synthesis)));
    }
  }
  for (const { inputs } of ofType(synthesis, "aws:batch/jobDefinition:JobDefinition")) {
    if (typeof inputs["containerProperties"] !== "string") continue;
    const container = JSON.parse(inputs["containerProperties"]) as Container;
    need(container.jobRoleArn, callsOfJob(synthesis, container));
    need(container.executionRoleArn, callsOfEcs(synthesis, container));
  }
  for (const { inputs } of ofType(synthesis, "aws:lambda/function:Function")) {
    need(inputs["role"], callsOfFunction(synthesis, inputs));
  }
  for (const { inputs } of ofType(synthesis, "aws:cloudwatch/eventTarget:EventTarget")) {
    if (inputs["roleArn"] === undefined) continue;
    need(inputs["roleArn"], callsOfTarget(synthesis, inputs["arn"] as string));
  }
  for (const { name, inputs } of ofType(synthesis, "aws:scheduler/schedule:Schedule")) {
    const target = inputs["target"] as { arn: string; roleArn: string; deadLetterConfig: { arn: string } };
    const schedule = `arn:aws:scheduler:us-east-1:123456789012:schedule/${inputs["groupName"] as string}/${name}`;
    need(target.roleArn, [
      { action: "states:StartExecution", resource: target.arn },
      { action: "sqs:SendMessage", resource: target.deadLetterConfig.arn },
      ...ofType(synthesis, "aws:sqs/queue:Queue").flatMap((queue) => throughKey(queue.inputs["kmsMasterKeyId"], "sqs")),
      // https://docs.aws.amazon.com/scheduler/latest/UserGuide/encryption-rest.html
      ...(isOwnKey(inputs["kmsKeyArn"])
        ? [
            {
              action: "kms:Decrypt",
              resource: inputs["kmsKeyArn"],
              context: { "kms:EncryptionContext:aws:scheduler:schedule:arn": schedule },
            },
          ]
        : []),
    ]);
  }
  return needed;
}

/** Roles that have a policy of AWS's own, because the service that assumes them is AWS's own program. */
export const MANAGED: Record<string, string> = {
  "instance-role": "arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role",
};

function callsOfStateMachine(synthesis: Synthesis, machine: SynthesisedResource): Call[] {
  const { inputs, outputs } = machine;
  const states = statesOf(definitionOf(synthesis, machine.name));
  const [, , , region] = (outputs["arn"] as string).split(":");
  const tracing = inputs["tracingConfiguration"] as { enabled?: boolean } | undefined;
  const encryption = inputs["encryptionConfiguration"] as { kmsKeyId?: string } | undefined;
  return [
    ...states.flatMap(([, state]) => callsOfState(synthesis, state)),
    // https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
    ...(inputs["loggingConfiguration"] === undefined ? [] : LOG_DELIVERY.map(onAny("logs"))),
    // https://docs.aws.amazon.com/step-functions/latest/dg/concepts-xray-tracing.html
    ...(tracing?.enabled
      ? ["PutTraceSegments", "PutTelemetryRecords", "GetSamplingRules", "GetSamplingTargets"].map(onAny("xray"))
      : []),
    ...(encryption?.kmsKeyId === undefined
      ? []
      : [
          // https://docs.aws.amazon.com/step-functions/latest/dg/encryption-at-rest.html
          ...["kms:Decrypt", "kms:GenerateDataKey"].map((action) => ({
            action,
            resource: encryption.kmsKeyId!,
            context: { "kms:EncryptionContext:aws:states:stateMachineArn": outputs["arn"] as string },
          })),
          {
            action: "kms:GenerateDataKey",
            resource: encryption.kmsKeyId,
            context: { "kms:EncryptionContext:SourceArn": `arn:aws:logs:${region}:123456789012:*` },
          },
        ]),
  ];
}

function callsOfState(synthesis: Synthesis, state: State): Call[] {
  if (state.Type !== "Task") return [];
  const given = state.Arguments as Record<string, string>;
  switch (state.Resource.replace(/^arn:aws:states:::/, "")) {
    case "batch:submitJob.sync":
      return callsOfSubmit(given);
    case "sns:publish":
    case "sns:publish.waitForTaskToken":
      return callsOfPublish(synthesis, given["TopicArn"]!);
    case "events:putEvents":
      return callsOfEvents(state.Arguments as unknown as { Entries: { EventBusName: string; Source: string }[] });
    case "states:startExecution":
      return [{ action: "states:StartExecution", resource: given["StateMachineArn"]! }];
    case "aws-sdk:sfn:startSyncExecution":
      return [{ action: "states:StartSyncExecution", resource: given["StateMachineArn"]! }];
    case "states:startExecution.sync":
    case "states:startExecution.sync:2":
      return callsOfStart(given["StateMachineArn"]!);
    case "sqs:sendMessage":
      return callsOfSend(synthesis, given["QueueUrl"]!);
    case "lambda:invoke":
      return [{ action: "lambda:InvokeFunction", resource: given["FunctionName"]! }];
    case "mediaconvert:createJob.sync":
      return callsOfJobCreation(state.Arguments as unknown as JobCreation);
    case "aws-sdk:s3:listObjectsV2":
      return [callOfListing(outputOf(synthesis))];
    case "dynamodb:putItem":
      return [{ action: "dynamodb:PutItem", resource: tableArn(synthesis, given["TableName"]!) }];
    case "aws-sdk:s3:getObject":
      return [
        {
          action: "s3:GetObject",
          resource: `arn:aws:s3:::${outputOf(synthesis)}/${objectRead(JSON.stringify(state.Arguments))}`,
        },
        ...throughKey(bucketKey(synthesis), "s3").filter(({ action }) => action === "kms:Decrypt"),
      ];
    default:
      throw new Error(`Which permissions does ${state.Resource} need?`);
  }
}

/** What the code of `examples/event-bus` asks of S3, by its keys. `tests/examples/eventBus.test.ts` records it from real runs. */
export const CATALOGUE_CALLS = {
  "output/uploads/talk.mp4/manifest.json": ["s3:GetObject"],
  "catalogue/videos-bucket/uploads/talk.mp4.json": ["s3:GetObject", "s3:PutObject"],
};

/** Lambda writes the log with the function's role. @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html */
function callsOfFunction(synthesis: Synthesis, { environment, loggingConfig }: SynthesisedResource["inputs"]): Call[] {
  const { variables } = environment as { variables: { BUCKET: string } };
  const { logGroup } = loggingConfig as { logGroup: string };
  const group = ofType(synthesis, "aws:cloudwatch/logGroup:LogGroup").find(
    ({ outputs }) => outputs["name"] === logGroup,
  );
  if (!group) throw new Error(`There is no log group ${logGroup}.`);
  return [
    ...Object.entries(CATALOGUE_CALLS).flatMap(([key, actions]) =>
      actions.map((action) => ({ action, resource: `arn:aws:s3:::${variables.BUCKET}/${key}` })),
    ),
    ...["logs:CreateLogStream", "logs:PutLogEvents"].map((action) => ({
      action,
      resource: `${group.outputs["arn"] as string}:log-stream:2026/11/29/[$LATEST]1`,
    })),
  ];
}

/** Objects below the outputs, and what the expressions of a state that reads them have in them. */
const READ: [expression: string, object: string][] = [
  ["/work/orders/", "a.mp4/work/orders/4b1c.json"],
  ["/work/damage/", "a.mp4/work/damage/4b1c.json"],
  ["/work/failures/", "a.mp4/work/failures/4b1c.txt"],
  ["/metadata.json", `${MEDIA_CONVERT_OUTPUT}/metadata.json`],
  [".playlist", `${MEDIA_CONVERT_OUTPUT}/hls/master_720p.m3u8`],
];

function objectRead(expressions: string): string {
  const [, read] = READ.find(([expression]) => expressions.includes(expression)) ?? [];
  assert.ok(read, expressions);
  return read;
}

function callsOfEvents({ Entries }: { Entries: { EventBusName: string; Source: string }[] }): Call[] {
  return Entries.map(({ EventBusName, Source }) => putEvents(EventBusName, Source));
}

function putEvents(bus: string, source: string): Call {
  return { action: "events:PutEvents", resource: bus, context: { "events:source": source } };
}

function callsOfPublish(synthesis: Synthesis, topic: string): Call[] {
  return [
    { action: "sns:Publish", resource: topic },
    ...topicKeys(synthesis, topic).flatMap((key) => throughKey(key, "sns")),
  ];
}

function callsOfSend(synthesis: Synthesis, url: string): Call[] {
  const queue = ofType(synthesis, "aws:sqs/queue:Queue").find(({ outputs }) => outputs["url"] === url);
  if (!queue) throw new Error(`There is no queue ${url}.`);
  return [
    { action: "sqs:SendMessage", resource: queue.outputs["arn"] as string },
    ...throughKey(queue.inputs["kmsMasterKeyId"], "sqs"),
  ];
}

/** What EventBridge does with a role of a target. */
function callsOfTarget(synthesis: Synthesis, arn: string): Call[] {
  const [, , service] = arn.split(":");
  if (service === "sns") return callsOfPublish(synthesis, arn);
  if (service === "states") return [{ action: "states:StartExecution", resource: arn }];
  throw new Error(`What does EventBridge do with ${arn}?`);
}

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html */
function callsOfStart(machine: string): Call[] {
  const [, , , region, account] = machine.split(":");
  const execution = `${machine.replace(":stateMachine:", ":execution:")}:1`;
  const rule = `arn:aws:events:${region}:${account}:rule/StepFunctionsGetEventsForStepFunctionsExecutionRule`;
  return [
    { action: "states:StartExecution", resource: machine },
    ...["states:DescribeExecution", "states:StopExecution"].map((action) => ({ action, resource: execution })),
    ...EVENTS_OF_SYNC.map((action) => ({ action, resource: rule })),
  ];
}

function tableArn(synthesis: Synthesis, name: string): string {
  const table = ofType(synthesis, "aws:dynamodb/table:Table").find(({ outputs }) => outputs["name"] === name);
  if (!table) throw new Error(`There is no table ${name}.`);
  return table.outputs["arn"] as string;
}

/**
 * Arguments are an object, or an expression that makes one: either way, what is submitted where is in them as ARNs.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-batch.html
 */
function callsOfSubmit(given: unknown): Call[] {
  const text = JSON.stringify(given);
  const definitions = text.match(/arn:[\w-]+:batch:[\w:-]+:job-definition\/[\w-]+:\d+/g) ?? [];
  const queues = text.match(/arn:[\w-]+:batch:[\w:-]+:job-queue\/[\w-]+/g) ?? [];
  const [, , , region, account] = queues[0]?.split(":") ?? [];
  if (definitions.length === 0 || account === undefined) throw new Error(`What is submitted where? ${text}`);
  const [job, rule] = [
    `arn:aws:batch:${region}:${account}:job/1`,
    `arn:aws:events:${region}:${account}:rule/StepFunctionsGetEventsForBatchJobsRule`,
  ];
  return [
    ...[...definitions, ...queues].map((resource) => ({ action: "batch:SubmitJob", resource })),
    ...(/\bTags\b/.test(text) ? [{ action: "batch:TagResource", resource: job }] : []),
    { action: "batch:DescribeJobs", resource: "*" },
    { action: "batch:TerminateJob", resource: job },
    ...EVENTS_OF_SYNC.map((action) => ({ action, resource: rule })),
  ];
}

interface Container {
  image: string;
  command?: string[];
  environment?: { name: string; value: string }[];
  jobRoleArn?: string;
  executionRoleArn?: string;
  secrets?: { valueFrom: string }[];
  volumes?: { efsVolumeConfiguration?: { fileSystemId: string } }[];
  mountPoints?: { sourceVolume: string; readOnly: boolean }[];
}

function callsOfJob(synthesis: Synthesis, container: Container): Call[] {
  return [
    ...(usesVideos(container) ? callsOfWorker(synthesis) : []),
    // The parameter has the bus, which only the state machine's definition names.
    ...(container.command?.includes("Ref::event") ? [putEvents(busOf(synthesis), EVENT_SOURCE)] : []),
    ...callsOfMounts(synthesis, container),
    ...callsOfOwnProgram(synthesis, container),
  ];
}

/** Only its settings show what a user's own container calls: a table that a variable names is read. */
function callsOfOwnProgram(synthesis: Synthesis, { environment = [] }: Container): Call[] {
  const named = new Set(environment.map(({ value }) => value));
  return ofType(synthesis, "aws:dynamodb/table:Table")
    .filter(({ outputs }) => named.has(outputs["name"] as string))
    .map(({ outputs }) => ({ action: "dynamodb:GetItem", resource: outputs["arn"] as string }));
}

function busOf(synthesis: Synthesis): string {
  const [, bus = ""] = /"EventBusName":"([^"]+)"/.exec(JSON.stringify(definitionOf(synthesis))) ?? [];
  return bus;
}

function usesVideos({ command = [] }: Container): boolean {
  return command.some((word) => word === "worker" || /^Ref::(input|output)$/.test(word));
}

function callsOfWorker(synthesis: Synthesis): Call[] {
  const output = outputOf(synthesis);
  const own = output.split("/")[0]!;
  const buckets = [own, ...inputBuckets(synthesis)];
  return [
    ...buckets.flatMap((bucket) => [
      ...WORKER_CALLS.reads.map((action) => ({ action, resource: `arn:aws:s3:::${bucket}/uploads/a.mp4` })),
      ...WORKER_CALLS.lists.map((action) => ({ action, resource: `arn:aws:s3:::${bucket}` })),
    ]),
    ...WORKER_CALLS.writes.map((action) => ({ action, resource: `arn:aws:s3:::${output}/a.mp4/plan.json` })),
    ...throughKey(bucketKey(synthesis), "s3"),
  ];
}

function callsOfMounts(synthesis: Synthesis, { volumes = [], mountPoints = [] }: Container): Call[] {
  const mounted = volumes.flatMap(({ efsVolumeConfiguration: efs }) => efs ?? []);
  const { region, account } = { region: "us-east-1", account: "123456789012" };
  const writes = mountPoints.some(({ sourceVolume, readOnly }) => sourceVolume !== "scratch" && !readOnly);
  return mounted.flatMap(({ fileSystemId }) => {
    const resource = `arn:aws:elasticfilesystem:${region}:${account}:file-system/${fileSystemId}`;
    return [
      { action: "elasticfilesystem:ClientMount", resource },
      ...(writes ? [{ action: "elasticfilesystem:ClientWrite", resource }] : []),
    ];
  });
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html */
function callsOfEcs(synthesis: Synthesis, { image, secrets = [] }: Container): Call[] {
  const groups = ofType(synthesis, "aws:cloudwatch/logGroup:LogGroup").filter(({ name }) => name.endsWith("-job-logs"));
  const [, account, region, repository] = /^(\d{12})\.dkr\.ecr\.([\w-]+)\.[^/]+\/([^:@]+)/.exec(image) ?? [];
  const pulls = ["BatchCheckLayerAvailability", "GetDownloadUrlForLayer", "BatchGetImage"];
  return [
    ...groups.flatMap(({ outputs }) =>
      ["logs:CreateLogStream", "logs:PutLogEvents"].map((action) => ({
        action,
        resource: `${outputs["arn"] as string}:log-stream:job/default/1`,
      })),
    ),
    ...(repository === undefined
      ? []
      : [
          { action: "ecr:GetAuthorizationToken", resource: "*" },
          ...pulls.map((call) => ({
            action: `ecr:${call}`,
            resource: `arn:aws:ecr:${region}:${account}:repository/${repository}`,
          })),
        ]),
    ...secrets.map(({ valueFrom }) =>
      valueFrom.split(":")[2] === "ssm"
        ? { action: "ssm:GetParameters", resource: valueFrom }
        : { action: "secretsmanager:GetSecretValue", resource: valueFrom.split(":").slice(0, 7).join(":") },
    ),
  ];
}

const EVENTS_OF_SYNC = ["events:PutTargets", "events:PutRule", "events:DescribeRule"];
const LOG_DELIVERY = [
  ...["CreateLogDelivery", "GetLogDelivery", "UpdateLogDelivery", "DeleteLogDelivery", "ListLogDeliveries"],
  ...["PutResourcePolicy", "DescribeResourcePolicies", "DescribeLogGroups"],
];

function onAny(service: string): (call: string) => Call {
  return (call) => ({ action: `${service}:${call}`, resource: "*" });
}

/** Bucket and beginning of the keys of outputs, as the pipeline's definition has them. */
function outputOf(synthesis: Synthesis): string {
  const component = ofType(synthesis, COMPONENT)[0];
  const machine = ofType(synthesis, "aws:sfn/stateMachine:StateMachine").find(
    ({ parent }) => parent === component?.urn,
  );
  const [, found = ""] = /'s3:\/\/([^']+?)\/?'/.exec(JSON.stringify(definitionOf(synthesis, machine?.name))) ?? [];
  return found;
}

function inputBuckets(synthesis: Synthesis): string[] {
  const storage = ofType(synthesis, COMPONENT)[0]?.inputs["storage"] as { inputBuckets?: string[] } | undefined;
  return storage?.inputBuckets ?? [];
}
