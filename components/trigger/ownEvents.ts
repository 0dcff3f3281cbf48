import { EVENT_SOURCE, VIDEO_EVENTS } from "../../contract/videoEvents";
import schema from "../../contract/videoEvents.schema.json";
import { ANYTHING, SomeText } from "../eventPattern/values";

/** Events that a pipeline causes, and that must not start it again. */
export interface OwnEvents {
  /** As the messages name them. */
  what: string;
  /** How to keep them out. */
  remedy: string;
  /** What is known of each kind. */
  events: object[];
}

/** What is known of a pipeline's own resources: names and ARNs, or lists of them, `NOT_KNOWN` or `ANYTHING`. */
export interface OwnResources extends OwnArns {
  outputPrefix: string;
  /** The bucket with the outputs. Absent if no job has storage. */
  bucket?: unknown;
}

/** The ARNs that AWS's events about executions and jobs have. */
export interface OwnArns {
  stateMachineArn: unknown;
  jobQueues: unknown;
  jobDefinitions: unknown;
}

/** Stands for a name that comes out of a resource: a pattern that asks for one has another. */
export const NOT_KNOWN = "\u0000";

export const NO_ARNS: OwnArns = { stateMachineArn: NOT_KNOWN, jobQueues: NOT_KNOWN, jobDefinitions: NOT_KNOWN };
export const ANY_ARNS: OwnArns = { stateMachineArn: ANYTHING, jobQueues: ANYTHING, jobDefinitions: ANYTHING };

/** What the pipeline sends itself, to the bus of `events`. */
export function videoEvents(name: string): OwnEvents {
  return {
    what: "the pipeline's own events",
    remedy: `Select the source of the events that are meant, or add "pipeline": [{"anything-but": "${name}"}] to detail.`,
    events: Object.values(VIDEO_EVENTS).map((kind) =>
      envelope(EVENT_SOURCE, kind, { ...membersOf(kind), pipeline: name }),
    ),
  };
}

/**
 * What AWS's services send to the account's default bus about the pipeline's outputs, executions and jobs.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
 * @see https://docs.aws.amazon.com/batch/latest/userguide/batch_job_events.html
 */
export function serviceEvents({ outputPrefix, bucket, ...arns }: OwnResources): OwnEvents[] {
  const remedy = "Select the source and the detail-type of the events that are meant.";
  return [
    ...(bucket === undefined
      ? []
      : [
          {
            what: "S3's events about the pipeline's outputs",
            remedy: `Select keys outside ${outputPrefix}, for example with {"prefix": "uploads/"}.`,
            events: [
              envelope("aws.s3", new SomeText("Object "), {
                ...anything(S3_DETAIL),
                bucket: { name: bucket },
                object: { ...anything(["size", "etag", "version-id", "sequencer"]), key: new SomeText(outputPrefix) },
              }),
            ],
          },
        ]),
    {
      what: "Step Functions' events about the pipeline's executions",
      remedy,
      events: [
        envelope("aws.states", "Step Functions Execution Status Change", {
          ...anything(EXECUTION_DETAIL),
          stateMachineArn: arns.stateMachineArn,
        }),
      ],
    },
    {
      what: "Batch's events about the pipeline's jobs",
      remedy,
      events: [
        envelope("aws.batch", new SomeText("Batch Job "), {
          ...anything(JOB_DETAIL),
          ...{ jobQueue: arns.jobQueues, jobDefinition: arns.jobDefinitions },
        }),
      ],
    },
  ];
}

const S3_DETAIL = [
  ...["version", "request-id", "requester", "source-ip-address", "reason", "deletion-type"],
  ...["restore-expiry-time", "source-storage-class", "destination-storage-class"],
];

const EXECUTION_DETAIL = [
  ...["executionArn", "name", "status", "startDate", "stopDate", "input", "inputDetails", "output", "outputDetails"],
  ...["error", "cause", "redriveCount", "redriveDate", "redriveStatus", "redriveStatusReason"],
  ...["stateMachineVersionArn", "stateMachineAliasArn"],
];

const JOB_DETAIL = [
  ...["jobArn", "jobName", "jobId", "status", "statusReason", "attempts", "createdAt", "startedAt", "stoppedAt"],
  ...["container", "parameters", "dependsOn", "retryStrategy", "timeout", "tags", "propagateTags", "arrayProperties"],
  ...["platformCapabilities", "shareIdentifier", "schedulingPriority", "isCancelled", "isTerminated"],
  ...["ecsProperties", "eksProperties", "eksAttempts", "reason", "jobQueueName", "blockedAt"],
];

function envelope(source: string, kind: string | SomeText, detail: object): object {
  const members = ["version", "id", "account", "time", "region", "resources"];
  return { ...anything(members), source, "detail-type": kind, detail };
}

function anything(names: string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, ANYTHING]));
}

interface Definition {
  allOf?: { $ref: string }[];
  properties?: Record<string, { const?: unknown }>;
}

/** The members of an event's detail, by its schema. Only those that are always the same are known. */
function membersOf(kind: string): Record<string, unknown> {
  const { allOf = [], properties = {} } = (schema.definitions as Record<string, Definition>)[kind]!;
  return Object.assign(
    {},
    ...allOf.map(({ $ref }) => membersOf($ref.replace("#/definitions/", ""))),
    Object.fromEntries(Object.entries(properties).map(([name, { const: fixed = ANYTHING }]) => [name, fixed])),
  ) as Record<string, unknown>;
}
