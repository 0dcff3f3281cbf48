import type { ExitRule } from "./args";
import { MISSING_WORK } from "../../contract/jobs";
import type { Platform } from "../../contract/jobPlatform";

/** How Batch and ECS report that a job lost its machine, as when Spot capacity is reclaimed. */
const HOST_GONE: Record<Exclude<Platform, "eks">, ExitRule> = {
  // "Host EC2 (instance i-…) terminated."
  ec2: { action: "RETRY", onStatusReason: "Host EC2*" },
  // ECS stops tasks on Fargate Spot with "Your Spot Task was interrupted."
  fargate: { action: "RETRY", onStatusReason: "Your Spot Task*" },
};

/**
 * No texts are documented for failures of pods. Pods are retried after any problem with their node, their image or
 * Kubernetes, because no rule says otherwise.
 */
const IN_PODS: ExitRule[] = ["2", String(MISSING_WORK)].map((onExitCode) => ({ action: "EXIT", onExitCode }));

/**
 * When Batch starts a job of the worker again. The first rule that matches decides; five rules are allowed. Without a match
 * the job is started again, so the last rule for machines matches everything else, such as exit code 2, with which the worker says
 * that the video can never work, and 3, with which packaging says that work is missing.
 * @see https://docs.aws.amazon.com/batch/latest/userguide/job_retries.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html
 */
export function workerExitRules(platform: Platform): ExitRule[] {
  if (platform === "eks") return IN_PODS;
  return [
    HOST_GONE[platform],
    { action: "RETRY", onReason: "CannotPullContainer*" },
    { action: "RETRY", onStatusReason: "Task failed to start*" },
    // 1 is an error that may pass; 128 and more is a process that was killed, for example for lack of memory.
    { action: "RETRY", onExitCode: "1*" },
    { action: "EXIT", onReason: "*" },
  ];
}
