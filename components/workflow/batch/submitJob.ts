import { resourceOf } from "../../../contract/serviceCalls";
import type { Catcher, TaskState, Template } from "../asl/states";
import { transition } from "../asl/states";
import { allow, parseArn, type Statement } from "../asl/statements";
import { BATCH_TROUBLE } from "../asl/retry";

export interface Job {
  /** With its revision. */
  jobDefinition: string;
  jobQueue: string;
  /** The `Arguments` of the submit: JobDefinition, JobName and JobQueue, and what else this job has. */
  arguments: Template;
  /** Whole seconds, or an expression. */
  timeoutSeconds: number | string;
  catch: Catcher;
  assign?: Record<string, Template>;
  next?: string;
}

/** A state that submits a job and waits for its end, with the permissions that it needs. */
export function submitJob(job: Job): { state: TaskState; statements: Statement[] } {
  const { partition, region, account } = parseArn(job.jobQueue);
  return {
    state: {
      Type: "Task",
      Resource: resourceOf("batch:submitJob.sync", partition),
      Arguments: job.arguments,
      TimeoutSeconds: job.timeoutSeconds,
      Retry: BATCH_TROUBLE,
      Catch: [job.catch],
      ...(job.assign ? { Assign: job.assign } : {}),
      // The result is a whole job description; what later states need is in variables.
      Output: {},
      ...transition(job.next),
    },
    statements: [
      allow(
        "SubmitJobs",
        ["batch:SubmitJob"],
        // Any revision: an execution that is redriven submits the one that it began with.
        [job.jobDefinition.replace(/:\d+$/, ":*"), job.jobQueue],
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
    ],
  };
}
