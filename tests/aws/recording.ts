import { at, DEFINITION } from "../view/machine";
import { Refusal, type Answers } from "./service";

export const PLACE = "eu-west-1:123456789012";
export const MACHINE = `arn:aws:states:${PLACE}:stateMachine:machine`;
export const EXECUTION = `arn:aws:states:${PLACE}:execution:machine:one`;
/** The same in another partition. */
export const IN_GOVCLOUD = EXECUTION.replace("arn:aws:", "arn:aws-us-gov:").replace("eu-west-1", "us-gov-west-1");
const queue = (name: string): string => `arn:aws:batch:${PLACE}:job-queue/${name}`;
const definitionArn = `arn:aws:batch:${PLACE}:job-definition/encoder:7`;
const ENVIRONMENT = `arn:aws:batch:${PLACE}:compute-environment/ce`;

type Event = Record<string, unknown>;

function submit(name: string, queueName: string, more: Event = {}): Event {
  const parameters = { JobName: name, JobQueue: queue(queueName), JobDefinition: definitionArn, ...more };
  return { taskScheduledEventDetails: { resourceType: "batch", parameters: JSON.stringify(parameters) } };
}

const submitted = (id: string): Event => ({
  taskSubmittedEventDetails: { resourceType: "batch", output: JSON.stringify({ JobId: id }) },
});
const entered = (name: string): Event => ({ stateEnteredEventDetails: { name, input: "{}" } });
const exited = (name: string): Event => ({ stateExitedEventDetails: { name, output: "{}" } });

const NOTICE = '{"TopicArn":"arn:aws:sns:x:y:topic","Subject":"Video failed","Message":"{}"}';

/** `[second, previous event, type, details]` of an execution in which one chunk fails for good. The index is the id. */
const STORY: [number, number, string, Event][] = [
  [0, 0, "ExecutionStarted", { executionStartedEventDetails: { input: '{"input":"s3://in/clip.mp4"}' } }],
  [0, 0, "TaskStateEntered", entered("Probe")],
  [0, 2, "TaskScheduled", submit("m-probe", "high", { Parameters: { output: "s3://out/clip" } })],
  [0, 3, "TaskStarted", {}],
  [0, 4, "TaskSubmitted", submitted("job-probe")],
  [4, 5, "TaskSucceeded", { taskSucceededEventDetails: { resourceType: "batch", output: '{"JobId":"job-probe"}' } }],
  [4, 6, "TaskStateExited", exited("Probe")],
  [4, 7, "ParallelStateEntered", entered("Work")],
  [4, 8, "ParallelStateStarted", {}],
  [4, 9, "ChoiceStateEntered", entered("Check")],
  [4, 10, "ChoiceStateExited", exited("Check")],
  [4, 11, "TaskStateEntered", entered("Encode")],
  [4, 9, "TaskStateEntered", entered("Look")],
  [4, 12, "TaskScheduled", submit("m-encode", "low", { ArrayProperties: { Size: 2 } })],
  [4, 13, "TaskScheduled", submit("m-look", "low")],
  [4, 14, "TaskSubmitFailed", { taskSubmitFailedEventDetails: { error: "Batch.ServerException", cause: "Busy." } }],
  [6, 16, "TaskScheduled", submit("m-encode", "low", { ArrayProperties: { Size: 2 } })],
  [6, 17, "TaskSubmitted", submitted("job-encode")],
  [6, 15, "TaskSubmitted", submitted("job-look")],
  [20, 18, "TaskFailed", { taskFailedEventDetails: { error: "States.TaskFailed", cause: '{"JobId":"job-encode"}' } }],
  [20, 20, "TaskStateExited", exited("Encode")],
  [20, 21, "FailStateEntered", entered("Encode Failed")],
  [20, 22, "ParallelStateFailed", {}],
  [20, 23, "ParallelStateExited", exited("Work")],
  [20, 24, "TaskStateEntered", entered("Tell")],
  [20, 25, "TaskScheduled", { taskScheduledEventDetails: { resourceType: "sns", parameters: NOTICE } }],
  [21, 26, "TaskSucceeded", { taskSucceededEventDetails: { resourceType: "sns", output: "{}" } }],
  [21, 27, "TaskStateExited", exited("Tell")],
  [21, 28, "FailStateEntered", entered("Video Failed")],
  [21, 29, "ExecutionFailed", { executionFailedEventDetails: { error: "States.TaskFailed", cause: "Encode failed" } }],
];
/** Number of events at the first poll. */
export const FIRST_LOOK = 19;

export function history(events = STORY.length): Event[] {
  return STORY.slice(0, events).map(([second, previousEventId, type, details], index) => {
    return { id: index + 1, previousEventId, type, timestamp: at(second) / 1000, ...details };
  });
}

function attempt(from: number, to: number, exitCode: number, logStreamName: string): Event {
  return {
    startedAt: at(from),
    stoppedAt: at(to),
    statusReason: "Essential container exited",
    container: { exitCode, logStreamName },
  };
}

function job(jobId: string, queueName: string, status: string, more: Event): Event {
  const container = {
    resourceRequirements: [{ type: "VCPU", value: "2" }],
    logConfiguration: { options: { "awslogs-group": "/jobs" } },
    ...(more["container"] as Event | undefined),
  };
  const names = { jobId, jobName: jobId, jobQueue: queue(queueName), jobDefinition: definitionArn };
  return { ...names, status, createdAt: at(0), ...more, container };
}

const over = (second: number): Event => ({ stoppedAt: at(second) });
const chunk = (index: number): Event => ({ createdAt: at(6), arrayProperties: { index } });

/** Batch's descriptions at the end. */
const ENDED: Event[] = [
  job("job-probe", "high", "SUCCEEDED", { ...over(4), attempts: [attempt(1, 4, 0, "probe/1")] }),
  job("job-encode", "low", "FAILED", { ...over(20), arrayProperties: { size: 2 } }),
  job("job-encode:0", "low", "SUCCEEDED", { ...chunk(0), ...over(15), attempts: [attempt(8, 15, 0, "encode/0/1")] }),
  job("job-encode:1", "low", "FAILED", {
    ...{ ...chunk(1), ...over(19) },
    attempts: [attempt(8, 12, 137, "encode/1/1"), attempt(13, 19, 1, "encode/1/2")],
  }),
  job("job-look", "low", "FAILED", { ...over(20), statusReason: "Terminated by Step Functions", attempts: [] }),
];

/** Batch's descriptions at the first poll. */
const RUNNING: Event[] = [
  ENDED[0]!,
  job("job-encode", "low", "PENDING", { arrayProperties: { size: 2 } }),
  job("job-encode:0", "low", "RUNNING", { ...chunk(0), startedAt: at(8), container: { logStreamName: "encode/0/1" } }),
  job("job-encode:1", "low", "RUNNABLE", { ...chunk(1), attempts: [attempt(8, 12, 137, "encode/1/1")] }),
  job("job-look", "low", "RUNNABLE", {}),
];

const LOGS: Record<string, string[]> = {
  "probe/1": ["Probing.", "progress 100%"],
  "encode/0/1": ["Encoding.", "progress 40%", "playable 720p"],
  "encode/1/1": ["Encoding.", "Killed."],
  "encode/1/2": ["Encoding.", "progress 10%", "The disk is full."],
};

/** The output of the execution that succeeded. */
const OUTCOME = {
  status: "PARTIAL",
  missing: [{ rendition: "720p", cause: "Transcode_720p-1 failed." }],
  damagedSeconds: 0.1,
  damage: [{ fromSeconds: 123.4, toSeconds: 123.5, what: "2 pictures can't be decoded" }],
};
function mixed<T>(events: T[]): T[] {
  return [...events.filter((_, index) => index % 2 === 1), ...events.filter((_, index) => index % 2 === 0)];
}

/** Answers that follow the services' API references. Each read of the history advances the execution. */
export function answers({ looks = [STORY.length] }: { looks?: number[] } = {}): Answers {
  let look = 0;
  let seen = looks[0]!;
  return {
    "AWSStepFunctions.DescribeStateMachineForExecution": ({ executionArn }) => {
      if (executionArn !== EXECUTION && executionArn !== IN_GOVCLOUD) {
        throw new Refusal("ExecutionDoesNotExist", `Execution Does Not Exist: '${String(executionArn)}'`);
      }
      return {
        stateMachineArn: MACHINE,
        name: "machine",
        definition: JSON.stringify(DEFINITION),
        roleArn: "arn",
        updateDate: 0,
      };
    },
    "AWSStepFunctions.GetExecutionHistory": ({ nextToken }) => {
      if (nextToken === undefined) seen = looks[Math.min(look++, looks.length - 1)]!;
      // Two pages, newest first. Only the events' ids say how they follow each other.
      const newest = history(seen).reverse();
      const half = Math.ceil(newest.length / 2);
      return nextToken === undefined
        ? { events: mixed(newest.slice(0, half)), nextToken: "rest" }
        : { events: mixed(newest.slice(half)) };
    },
    "AWSStepFunctions.ListExecutions": () => ({
      executions: [
        {
          executionArn: `${EXECUTION}-b`,
          stateMachineArn: MACHINE,
          name: "one-b",
          status: "SUCCEEDED",
          startDate: at(0) / 1000,
          stopDate: at(75) / 1000,
        },
        {
          executionArn: EXECUTION,
          stateMachineArn: MACHINE,
          name: "one",
          status: "FAILED",
          startDate: at(0) / 1000,
          stopDate: at(21) / 1000,
        },
      ],
    }),
    "AWSStepFunctions.DescribeExecution": ({ executionArn }) => ({
      ...{ executionArn, stateMachineArn: MACHINE, status: "SUCCEEDED", startDate: at(0) / 1000 },
      output: JSON.stringify(OUTCOME),
    }),
    "AWSStepFunctions.StartExecution": () => ({ executionArn: EXECUTION, startDate: at(0) / 1000 }),
    "AWSStepFunctions.StopExecution": () => ({ stopDate: at(0) / 1000 }),
    "/v1/describejobs": ({ jobs }) => ({
      jobs: (seen < STORY.length ? RUNNING : ENDED).filter(({ jobId }) => (jobs as string[]).includes(jobId as string)),
    }),
    "/v1/describejobqueues": () => ({
      jobQueues: ["high", "low"].map((name, index) => ({
        ...{
          jobQueueName: name,
          jobQueueArn: queue(name),
          state: "ENABLED",
          status: "VALID",
          priority: index === 0 ? 10 : 1,
        },
        computeEnvironmentOrder: [{ order: 1, computeEnvironment: ENVIRONMENT }],
      })),
    }),
    "/v1/describecomputeenvironments": () => ({
      computeEnvironments: [
        { computeEnvironmentName: "ce", computeEnvironmentArn: ENVIRONMENT, computeResources: { maxvCpus: 8 } },
      ],
    }),
    "Logs_20140328.GetLogEvents": ({ logGroupName, logStreamName, limit, nextToken }) => {
      const lines = logGroupName === "/jobs" ? LOGS[logStreamName as string] : undefined;
      if (!lines) throw new Refusal("ResourceNotFoundException", "The specified log stream does not exist.");
      const rest = nextToken === undefined ? lines : [];
      const wanted = limit === undefined ? rest : lines.slice(-(limit as number));
      return { events: wanted.map((message) => ({ message, timestamp: at(14) })), nextForwardToken: "end" };
    },
    "HEAD /in": () => ({ status: 200, region: "eu-west-1" }),
    "GET /out/clip/features/scenes.json": () => ({ changes: [{ seconds: 2, score: 0.5 }] }),
    "GET /out/clip/features/poster.jpg": () => Buffer.from("poster"),
    "GET /out/clip/features/sprite.jpg": () => Buffer.from("sprite"),
    "GET /out/clip/features/thumbnails.vtt": () =>
      Buffer.from("WEBVTT\n\n00:00:00.000 --> 00:00:04.000\nsprite.jpg#xywh=0,0,160,90\n"),
  };
}
