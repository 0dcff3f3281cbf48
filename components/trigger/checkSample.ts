import { matchesPattern } from "../eventPattern/matchesPattern";
import { type Finding, type Problem, problem, when } from "../rules/problem";
import { kindOf } from "../rules/received";
import type { Code } from "../workflow/jsonata/code";
import { givenDamagedShare } from "../workflow/jsonata/damage";
import { lacksVideo } from "../workflow/jsonata/eventInput";
import { inputUri, outputUri } from "../workflow/jsonata/executionInput";
import { givenPriority } from "../workflow/jsonata/jobs";
import { usesParameter } from "../workflow/settings/policies";
import type { WorkflowJob, WorkflowSettings } from "../workflow/settings/settings";
import { EXECUTION_INPUT } from "./checkExecutionInput";
import { PATTERN } from "./checkOwnEvents";
import { evaluateNow } from "./evaluateNow";
import { evaluateSample } from "./evaluateSample";

/** The path of the argument. */
export const SAMPLE = "trigger.events.sample";

/** Rules of the sample alone. */
export function checkEnvelope(sample: object): Problem[] {
  const { source, detail, "detail-type": kind } = sample as Record<string, unknown>;
  const isEvent = typeof source === "string" && typeof kind === "string" && kindOf(detail) === "an object";
  return when(!isEvent, {
    path: SAMPLE,
    rule: "must be a whole event with source, detail-type and detail",
    received: Object.keys(sample),
    remedy: "Use an event as a rule delivers it.",
  });
}

/** The sample has to match the pattern, and to name a video. */
export function checkSample(pattern: object, sample: object, workflow: WorkflowSettings): Problem[] {
  const mismatch = mismatchOf(pattern, sample);
  if (mismatch === undefined) return checkMappedSample(sample, workflow);
  const remedy = `Correct ${mismatch} in one of the two.`;
  return [problem({ path: SAMPLE, rule: `must match ${PATTERN}`, received: sample, hidden: true, remedy })];
}

/** The first field of a pattern that an event doesn't match. */
function mismatchOf(pattern: object, event: unknown, path = ""): string | undefined {
  for (const [name, wanted] of Object.entries(pattern) as [string, unknown][]) {
    if (matchesPattern({ [name]: wanted }, event)) continue;
    const at = path === "" ? name : `${path}.${name}`;
    const member = (event as Record<string, unknown> | undefined)?.[name];
    const isFurther = name !== "$or" && typeof wanted === "object" && wanted !== null && !Array.isArray(wanted);
    return isFurther && !Array.isArray(member) ? mismatchOf(wanted, member, at) : at;
  }
  return undefined;
}

/** Evaluates the same expressions as the deployed workflow. */
function checkMappedSample(sample: object, workflow: WorkflowSettings): Problem[] {
  const { eventMapping: mapping = { uploads: false } } = workflow;
  const { executionInput } = mapping;
  const path = executionInput === undefined ? SAMPLE : EXECUTION_INPUT;
  if (executionInput !== undefined && mapping.uploads && isUpload(sample)) {
    const rule = "must not be given for S3's events together with trigger.uploads, whose events name their video";
    return [problem({ path, rule, received: executionInput, remedy: "Remove it or trigger.uploads." })];
  }
  const { value: input, error, context } = evaluateSample(sample, workflow);
  if (error !== undefined) {
    const rule = `must yield the input of an execution from ${SAMPLE}`;
    return [problem({ path, rule, received: executionInput, remedy: `JSONata says: ${error}` })];
  }
  const states = { input, context };
  const isWithoutVideo = usesParameter(workflow, "input") && evaluateNow(lacksVideo(), states).value !== false;
  if (isWithoutVideo) return [problem(withoutVideo(input, executionInput))];
  const { value: video } = evaluateNow(inputUri(), states);
  if (workerReadsVideo(workflow) && !(typeof video === "string" && IN_S3.test(video))) {
    const rule = executionInput === undefined ? "must have its video in S3" : `must yield a video in S3 from ${SAMPLE}`;
    return [problem({ path, rule, received: video, remedy: COPY })];
  }
  return inputChecks(workflow).flatMap((code) => {
    const { error: refusal = "" } = evaluateNow(code, states);
    const rule = "must give an execution an input that it takes";
    return when(refusal !== "", { path, rule, received: input, remedy: refusal });
  });
}

/** A container of the user's own may read its input from elsewhere. */
function workerReadsVideo({ jobs }: WorkflowSettings): boolean {
  return Object.values(jobs).some(
    (job: WorkflowJob | undefined) => job?.worker === true && job.parameters.includes("input"),
  );
}

/** What the worker takes for a video when it runs in AWS. */
const IN_S3 = /^s3:\/\/[^/]+\/./;
const COPY = "The worker reads no other place: copy the video into a bucket, and name it like s3://bucket/key.";

function isUpload(sample: object): boolean {
  return matchesPattern({ detail: { object: { key: [{ exists: true }] } } }, sample);
}

function withoutVideo(input: unknown, executionInput: string | undefined): Finding {
  return executionInput === undefined
    ? {
        path: SAMPLE,
        rule: "must have a video, such as s3://bucket/key, as detail.input",
        received: input,
        remedy: `If it has the video elsewhere, say with ${EXECUTION_INPUT} where.`,
      }
    : {
        path: EXECUTION_INPUT,
        rule: `must yield an object with an input such as s3://bucket/key from ${SAMPLE}`,
        received: input,
        remedy: "Write, for example, { 'input': detail.asset.uri }.",
      };
}

/** What the first step reads of its input besides the video, and fails with if it is wrong. */
function inputChecks(workflow: WorkflowSettings): Code[] {
  return [
    ...(usesParameter(workflow, "output") ? [outputUri(`s3://bucket/${workflow.outputPrefix}`)] : []),
    givenDamagedShare(workflow.maxDamagedShare),
    ...(workflow.queues.some(({ fairShare }) => fairShare) ? [givenPriority()] : []),
  ];
}
