import type { ContainerJob, Job } from "./job";
import type { Attempt } from "../../../contract/events";

/**
 * A job as DescribeJobs returns it, with the PascalCase keys of Step Functions. This is the result of `batch:submitJob.sync`, and
 * the cause of a failed job. Keys that the service omits are absent here too. `LogStreamName` is the log file.
 */
export interface JobDetail {
  JobArn: string;
  JobId: string;
  JobName: string;
  JobQueue: string;
  JobDefinition: string;
  Status: string;
  StatusReason?: string;
  CreatedAt: number;
  StartedAt?: number;
  StoppedAt?: number;
  IsCancelled: boolean;
  IsTerminated: boolean;
  Attempts: AttemptDetail[];
  Container: ContainerDetail;
  ArrayProperties?: { Size?: number; Index?: number; StatusSummary?: Record<string, number> };
  Parameters: Record<string, string>;
  RetryStrategy: { Attempts: number; EvaluateOnExit: Record<string, string>[] };
  Timeout?: { AttemptDurationSeconds: number };
  DependsOn: never[];
  Tags: Record<string, string>;
}

interface AttemptDetail {
  Container: { ExitCode?: number; Reason?: string; LogStreamName?: string; NetworkInterfaces: never[] };
  StartedAt?: number;
  StoppedAt: number;
  StatusReason: string;
}

interface ContainerDetail {
  Image: string;
  Command: string[];
  Environment: { Name: string; Value: string }[];
  ResourceRequirements: { Type: string; Value: string }[];
  ExitCode?: number;
  Reason?: string;
  LogStreamName?: string;
  MountPoints: never[];
  NetworkInterfaces: never[];
  Ulimits: never[];
  Volumes: never[];
}

export function describeJob(job: Job): JobDetail {
  const { retryStrategy, submission, definition } = job;
  const timeout = submission.attemptTimeoutSeconds ?? definition.attemptTimeoutSeconds;
  return {
    JobArn: jobArn(job),
    JobId: job.id,
    JobName: job.name,
    JobQueue: job.queue.arn,
    JobDefinition: definition.arn,
    Status: job.status,
    ...optional("StatusReason", job.statusReason),
    CreatedAt: job.createdAt,
    ...optional("StartedAt", job.startedAt),
    ...optional("StoppedAt", job.stoppedAt),
    IsCancelled: false,
    IsTerminated: job.kind === "container" && job.termination.signal.aborted,
    Attempts: job.kind === "container" ? job.attempts.map(attemptDetail) : [],
    Container: containerDetail(job),
    ...arrayProperties(job),
    Parameters: job.container.parameters,
    RetryStrategy: {
      Attempts: retryStrategy.attempts,
      EvaluateOnExit: retryStrategy.evaluateOnExit.map((rule) => ({
        Action: rule.action,
        ...optional("OnExitCode", rule.onExitCode),
        ...optional("OnReason", rule.onReason),
        ...optional("OnStatusReason", rule.onStatusReason),
      })),
    },
    ...(timeout === undefined ? {} : { Timeout: { AttemptDurationSeconds: timeout } }),
    DependsOn: [],
    Tags: submission.tags,
  };
}

export function jobArn({ id, queue }: Job): string {
  return queue.arn.replace(/job-queue\/.*$/, `job/${id}`);
}

function attemptDetail({ exitCode, reason, log, startedAt, stoppedAt, statusReason }: Attempt): AttemptDetail {
  return {
    Container: {
      ...optional("ExitCode", exitCode),
      ...optional("Reason", reason),
      ...optional("LogStreamName", log),
      NetworkInterfaces: [],
    },
    ...optional("StartedAt", startedAt),
    StoppedAt: stoppedAt,
    StatusReason: statusReason,
  };
}

function containerDetail(job: Job): ContainerDetail {
  const last = job.kind === "container" ? job.attempts.at(-1) : undefined;
  const { command, environment, vcpus, memoryMiB } = job.container;
  return {
    Image: job.definition.image,
    Command: command,
    Environment: Object.entries(environment).map(([Name, Value]) => ({ Name, Value })),
    ResourceRequirements: [
      { Type: "VCPU", Value: String(vcpus) },
      { Type: "MEMORY", Value: String(memoryMiB) },
    ],
    ...optional("ExitCode", last?.exitCode),
    ...optional("Reason", last?.reason),
    ...optional("LogStreamName", last?.log),
    MountPoints: [],
    NetworkInterfaces: [],
    Ulimits: [],
    Volumes: [],
  };
}

function arrayProperties(job: Job): Pick<JobDetail, "ArrayProperties"> {
  if (job.kind === "array") {
    const StatusSummary = Object.fromEntries(
      ["STARTING", "FAILED", "RUNNING", "SUCCEEDED", "RUNNABLE", "SUBMITTED", "PENDING"].map((status) => [
        status,
        job.children.filter((child) => child.status === status).length,
      ]),
    );
    return { ArrayProperties: { Size: job.children.length, StatusSummary } };
  }
  return isChild(job) ? { ArrayProperties: { Index: job.arrayIndex } } : {};
}

function isChild(job: ContainerJob): job is ContainerJob & { arrayIndex: number } {
  return job.arrayIndex !== undefined;
}

function optional<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  return (value === undefined ? {} : { [key]: value }) as Partial<Record<K, V>>;
}
