import { everyState } from "../../contract/asl";
import { callOf } from "../../contract/serviceCalls";
import { LONGEST_BUS_ARN } from "../events/limits";
import { type JobsSettings, listJobs } from "../jobs/defaults";
import { type Check, when } from "../rules/problem";
import type { StateMachineDefinition } from "../workflow/asl/states";
import { definitionText, MAX_DEFINITION_BYTES } from "../workflow/definitionText";
import { generateWorkflow } from "../workflow/generateWorkflow";
import type { WorkflowArns } from "../workflow/settings/arns";
import { announcesPlayable } from "../workflow/settings/policies";
import type { StateMachineSettings } from "./defaults";

/** @see https://docs.aws.amazon.com/batch/latest/userguide/service_limits.html */
const JOB_DEFINITION_BYTES = 24 * 1024;
const SUBMIT_BYTES = 30 * 1024;

/** Names and ARNs do not exist yet, so they count with the most characters that AWS allows. */
const LONG_NAME = "x".repeat(128);
const LONG_IMAGE_URI = 300;
/** Roles, log options, resource requirements, scratch volume and the punctuation between them. */
const REST_OF_JOB_DEFINITION = 2000;
const MOUNT = 400;
const ARN = 250;
/** A bucket's name and a key, some of whose characters JSON escapes. */
const LONG_S3_URI = 63 + 2 * 1024;
/** A submit contains the URIs of input and output, as parameters or in a command. */
const URIS_IN_SUBMIT = 2;
/** What a job needs to send an event: the ARNs of the bus, of the execution and of the state machine, and some names. */
const LONG_EVENT = 1400;

interface Settings {
  stateMachine: StateMachineSettings;
  jobs: JobsSettings;
}

export const checkDefinitionSize: Check<unknown, Settings> = ({ settings }) => {
  const { renditions, parts } = settings.stateMachine.workflow;
  const { definition } = generateWorkflow(settings.stateMachine.workflow, longestArns(settings));
  const bytes = Buffer.byteLength(definitionText(definition));
  return when(bytes > MAX_DEFINITION_BYTES, {
    path: "renditions",
    rule: `must result, together with parts, in a state machine of at most ${MAX_DEFINITION_BYTES.toLocaleString("en-US")} bytes, which is Step Functions' limit`,
    received: bytes,
    remedy: `There are ${renditions.length} renditions with ${parts.length} parts each: use fewer of one or the other.`,
  });
};

/** A submit has names, ARNs, parameters and container overrides, with the longest URIs that an execution can have. */
export const checkSubmitSizes: Check<unknown, Settings> = ({ settings }) => {
  const { workflow } = settings.stateMachine;
  const { definition } = generateWorkflow(workflow, longestArns(settings));
  const values = URIS_IN_SUBMIT * LONG_S3_URI + (announcesPlayable(workflow) ? LONG_EVENT : 0);
  const [largest] = submitsIn(definition)
    .map(({ step, submit }) => ({ step, bytes: Buffer.byteLength(submit) + values }))
    .sort((a, b) => b.bytes - a.bytes);
  return when((largest?.bytes ?? 0) > SUBMIT_BYTES, {
    path: "jobs",
    rule: `must result in SubmitJob requests of at most ${SUBMIT_BYTES.toLocaleString("en-US")} bytes, which is Batch's limit`,
    received: largest?.bytes,
    remedy: `The largest is that of ${largest?.step}: shorten the names of the pipeline, the rendition or the shares.`,
  });
};

function submitsIn(definition: StateMachineDefinition): { step: string; submit: string }[] {
  return everyState(definition).flatMap(({ name: step, state }) => {
    if (state.Type !== "Task" || callOf(state.Resource) !== "batch:submitJob.sync") return [];
    return [{ step, submit: JSON.stringify(state.Arguments) }];
  });
}

export const checkJobDefinitionSizes: Check<unknown, Settings> = ({ settings: { jobs } }) =>
  listJobs(jobs.kinds).flatMap(([key, job]) => {
    const { secretMounts, claimMounts } = job.pod;
    const ladder = key === "metadata" && job.worker ? JSON.stringify(JSON.stringify(jobs.ladder)) : "";
    const known = [
      ladder,
      JSON.stringify(job.command),
      ...Object.entries(job.environment).map(variableText),
      ...Object.keys(job.secrets),
      ...[...job.efsMounts, ...secretMounts, ...claimMounts].map(({ path }) => path),
    ];
    const mounts = job.efsMounts.length + secretMounts.length + claimMounts.length;
    const others = mounts * MOUNT + Object.keys(job.secrets).length * ARN;
    const bytes = Buffer.byteLength(known.join("")) + others + LONG_IMAGE_URI + REST_OF_JOB_DEFINITION;
    return when(bytes > JOB_DEFINITION_BYTES, {
      path: `jobs.${key}`,
      rule: `must result in a job definition of at most ${JOB_DEFINITION_BYTES.toLocaleString("en-US")} bytes, which is Batch's limit`,
      received: bytes,
      remedy: "Shorten the command, the environment or, for the metadata job, the list of renditions.",
    });
  });

function variableText([name, value]: [string, unknown]): string {
  // A value that comes out of another resource is not known yet.
  return JSON.stringify({ name, value: typeof value === "string" ? value : "" });
}

function longestArns({ stateMachine: { workflow }, jobs }: Settings): WorkflowArns {
  const arn = (service: string, kind: string): string =>
    `arn:aws-us-gov:${service}:us-gov-west-1:123456789012:${kind}/${LONG_NAME}`;
  return {
    jobQueues: Object.fromEntries(workflow.queues.map(({ name }) => [name, arn("batch", "job-queue")])),
    jobDefinitions: Object.fromEntries(jobs.variants.map(({ key }) => [key, `${arn("batch", "job-definition")}:1000`])),
    topic: arn("sns", ""),
    eventBus: LONGEST_BUS_ARN,
    jobLogGroup: LONG_NAME,
    bucketName: "x".repeat(63),
  };
}
