import type { ExitRuleArgs } from "./args";
import type { Platform } from "../../contract/jobPlatform";

/** What Batch and ECS call a machine that was taken away, as after a Spot reclaim. */
const HOST_GONE: Record<Exclude<Platform, "eks">, ExitRuleArgs> = {
  // "Host EC2 (instance i-…) terminated."
  ec2: { action: "RETRY", onStatusReason: "Host EC2*" },
  // ECS stops a task of Fargate Spot with "Your Spot Task was interrupted."
  fargate: { action: "RETRY", onStatusReason: "Your Spot Task*" },
};

/**
 * What happens to pods has no documented texts: whatever their node, their image or Kubernetes does to them, they are started
 * again, because no rule says otherwise.
 */
const IN_PODS: ExitRuleArgs[] = [{ action: "EXIT", onExitCode: "2" }];

/**
 * When Batch starts a job of the worker again. The first rule that matches decides, five are allowed, and without a match
 * the job is started again, hence the last one of machines. It is also the one for exit code 2, with which the worker says that
 * the video can never work.
 * @see https://docs.aws.amazon.com/batch/latest/userguide/job_retries.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html
 */
export function workerExitRules(platform: Platform): ExitRuleArgs[] {
  if (platform === "eks") return IN_PODS;
  return [
    HOST_GONE[platform],
    { action: "RETRY", onReason: "CannotPullContainer*" },
    { action: "RETRY", onStatusReason: "Task failed to start*" },
    // 1 is an error that may pass; 128 and more is a process that was killed, for want of memory for instance.
    { action: "RETRY", onExitCode: "1*" },
    { action: "EXIT", onReason: "*" },
  ];
}
