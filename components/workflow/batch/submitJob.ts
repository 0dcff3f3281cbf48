import { parseArn } from "../../../contract/arn";
import { resourceOf } from "../../../contract/serviceCalls";
import type { BuiltTask } from "../asl/builtStates";
import { BATCH_RETRIES } from "../asl/retry";
import { allow, type Statement } from "../asl/statements";
import { type Catcher, type Template, transition } from "../asl/states";
import { expression } from "../jsonata/code";
import { stateTimeout } from "../jsonata/jobs";
import type { WorkflowArns } from "../settings/arns";
import { jobOf, type WorkflowSettings } from "../settings/settings";
import { jobArguments, type SubmittedJob } from "./jobArguments";

/** A step that submits a job. */
export interface JobStep extends SubmittedJob {
  catch: Catcher;
  assign?: Record<string, Template>;
  next?: string;
  /** Whether the step follows the approval, whose time comes on top of the execution's. Defaults to false. */
  afterApproval?: boolean;
}

/** Builds a state that submits a job and waits for its end. */
export function submitJob(settings: WorkflowSettings, arns: WorkflowArns, step: JobStep): BuiltTask {
  const submit = jobArguments(settings, arns, step);
  const { partition } = parseArn(submit.jobQueue);
  return {
    state: {
      Type: "Task",
      Resource: resourceOf("batch:submitJob.sync", partition),
      Arguments: submit.arguments,
      TimeoutSeconds: timeoutOf(settings, step),
      Retry: BATCH_RETRIES,
      Catch: [step.catch],
      ...(step.assign ? { Assign: step.assign } : {}),
      // The result is a whole job description. Later states read variables.
      Output: {},
      ...transition(step.next),
    },
    statements: statementsFor(settings, submit),
  };
}

/**
 * The step may take as long as all attempts and the accepted wait in the queue, but no longer than what is left of the
 * execution's time. Step Functions ends an execution that times out without running its failure steps; this way the
 * step times out first, and the failure is reported.
 */
function timeoutOf(settings: WorkflowSettings, { job, track, afterApproval = false }: JobStep): string {
  const { attempts, attemptTimeoutSeconds } = jobOf(settings, job);
  const seconds = typeof track === "object" ? track.attemptTimeoutSeconds : attemptTimeoutSeconds;
  const answer = afterApproval ? (settings.approval?.timeoutSeconds ?? 0) : 0;
  return expression(stateTimeout(attempts * seconds + settings.queueWaitSeconds, settings.timeoutSeconds + answer));
}

function statementsFor(
  settings: WorkflowSettings,
  { jobDefinition, jobQueue }: { jobDefinition: string; jobQueue: string },
): Statement[] {
  const { partition, region, account } = parseArn(jobQueue);
  return [
    allow("SubmitJobs", ["batch:SubmitJob"], [definitionPattern(settings, jobDefinition), jobQueue]),
    // This action has no resource-level permissions.
    allow("WatchJobs", ["batch:DescribeJobs"], ["*"]),
    // Step Functions terminates the jobs of an execution that is stopped. Their ids are not known beforehand.
    allow("EndJobs", ["batch:TerminateJob"], [`arn:${partition}:batch:${region}:${account}:job/*`]),
    allow(
      "HearFromBatch",
      ["events:PutTargets", "events:PutRule", "events:DescribeRule"],
      [`arn:${partition}:events:${region}:${account}:rule/StepFunctionsGetEventsForBatchJobsRule`],
    ),
  ];
}

/**
 * Any revision: an execution that is redriven submits the one that it began with. All definitions whose names begin with the pipeline's
 * share one pattern, because the inline policies of a role have 10,240 characters, and on EKS every rendition has a definition.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
function definitionPattern({ name }: WorkflowSettings, arn: string): string {
  const [, place = "", own = ""] = /^(.*\/)(.*):\d+$/.exec(arn) ?? [];
  return `${place}${own.startsWith(`${name}-`) ? `${name}-*` : own}:*`;
}
