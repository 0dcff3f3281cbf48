import { resourceOf } from "../../../contract/serviceCalls";
import type { BuiltTask } from "../asl/builtStates";
import { BATCH_TROUBLE } from "../asl/retry";
import { parseArn } from "../../context/location";
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
  /** Whether people are asked before this step: their time comes on top of the execution's. */
  afterApproval?: boolean;
}

/** A state that submits a job and waits for its end, with the permissions that it needs. */
export function submitJob(settings: WorkflowSettings, arns: WorkflowArns, step: JobStep): BuiltTask {
  const submit = jobArguments(settings, arns, step);
  const { partition } = parseArn(submit.jobQueue);
  return {
    state: {
      Type: "Task",
      Resource: resourceOf("batch:submitJob.sync", partition),
      Arguments: submit.arguments,
      TimeoutSeconds: timeoutOf(settings, step),
      Retry: BATCH_TROUBLE,
      Catch: [step.catch],
      ...(step.assign ? { Assign: step.assign } : {}),
      // The result is a whole job description; what later states need is in variables.
      Output: {},
      ...transition(step.next),
    },
    statements: statementsFor(submit),
  };
}

/**
 * How long the step may take: all attempts and the wait that is accepted, and no longer than what is left of the
 * execution when it begins. Step Functions ends an execution whose time is up without running its failure steps; this
 * way the step's own time is up before, and the failure is reported.
 */
function timeoutOf(settings: WorkflowSettings, { job, only, afterApproval = false }: JobStep): string {
  const { attempts, attemptTimeoutSeconds } = jobOf(settings, job);
  const seconds = typeof only === "object" ? only.attemptTimeoutSeconds : attemptTimeoutSeconds;
  const answer = afterApproval ? (settings.approval?.timeoutSeconds ?? 0) : 0;
  return expression(stateTimeout(attempts * seconds + settings.queueWaitSeconds, settings.timeoutSeconds + answer));
}

function statementsFor({ jobDefinition, jobQueue }: { jobDefinition: string; jobQueue: string }): Statement[] {
  const { partition, region, account } = parseArn(jobQueue);
  return [
    allow(
      "SubmitJobs",
      ["batch:SubmitJob"],
      // Any revision: an execution that is redriven submits the one that it began with.
      [jobDefinition.replace(/:\d+$/, ":*"), jobQueue],
    ),
    // Batch has no narrower form of this one.
    allow("WatchJobs", ["batch:DescribeJobs"], ["*"]),
    // Without it, an execution that is stopped would leave its jobs running. The ids of jobs are not known beforehand.
    allow("EndJobs", ["batch:TerminateJob"], [`arn:${partition}:batch:${region}:${account}:job/*`]),
    allow(
      "HearFromBatch",
      ["events:PutTargets", "events:PutRule", "events:DescribeRule"],
      [`arn:${partition}:events:${region}:${account}:rule/StepFunctionsGetEventsForBatchJobsRule`],
    ),
  ];
}
