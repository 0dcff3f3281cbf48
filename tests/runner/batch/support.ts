import type { BatchConfiguration, JobDefinition } from "../../../runner/batch/api/configuration";
import type { JobDetail } from "../../../runner/batch/jobs/detail";
import type { BatchEvent } from "../../../contract/events";
import type { Launch } from "../../../runner/batch/launchers/launcher";
import type { Script } from "../../../runner/batch/launchers/scriptedLauncher";
import { ScriptedLauncher } from "../../../runner/batch/launchers/scriptedLauncher";
import { BatchService } from "../../../runner/batch/service";
import { VirtualClock } from "../../../runner/clock/clock";

const ARN = "arn:aws:batch:us-east-1:123456789012";

export function definition(name: string, more: Partial<JobDefinition> = {}): JobDefinition {
  return {
    arn: `${ARN}:job-definition/${name}:1`,
    name,
    revision: 1,
    image: "image",
    command: ["run", name],
    environment: {},
    vcpus: 2,
    memoryMiB: 1024,
    parameters: {},
    retryStrategy: { attempts: 1, evaluateOnExit: [] },
    ...more,
  };
}

/** Two queues on one environment of 4 vCPUs, as in the tutorial. */
export function configuration(more: Partial<BatchConfiguration> = {}): BatchConfiguration {
  return {
    computeEnvironments: [environment("ce", 4)],
    queues: [queue("high", 10, ["ce"]), queue("low", 1, ["ce"])],
    jobDefinitions: [definition("job")],
    ...more,
  };
}

export function environment(
  name: string,
  maxVcpus: number,
  enabled = true,
): BatchConfiguration["computeEnvironments"][0] {
  return { arn: `${ARN}:compute-environment/${name}`, name, maxVcpus, enabled };
}

export function queue(
  name: string,
  priority: number,
  environments: string[],
  enabled = true,
): BatchConfiguration["queues"][0] {
  const computeEnvironments = environments.map((one) => `${ARN}:compute-environment/${one}`);
  return { arn: `${ARN}:job-queue/${name}`, name, priority, enabled, computeEnvironments };
}

export interface Bench {
  batch: BatchService;
  clock: VirtualClock;
  launcher: ScriptedLauncher;
  events: BatchEvent[];
  submit: (args?: object) => string;
  ended: (id: string) => Promise<JobDetail>;
  /** Name, seconds and what happened, for attempts and jobs. */
  log: string[];
}

export function bench(
  script: (launch: Launch) => Script = () => ({ seconds: 10 }),
  more?: Partial<BatchConfiguration>,
): Bench {
  const clock = new VirtualClock();
  const launcher = new ScriptedLauncher(clock, script);
  const events: BatchEvent[] = [];
  const log: string[] = [];
  let id = 0;
  const batch = new BatchService({
    configuration: configuration(more),
    launcher,
    clock,
    newId: () => `job-${++id}`,
    onEvent: (event) => {
      events.push(event);
      const name = [event.job.name, event.job.arrayIndex].filter((part) => part !== undefined).join(":");
      if (event.type === "attemptRunning") log.push(`${event.time / 1000}s ${name} runs ${event.attempt}`);
      if (event.type === "jobEnded") log.push(`${event.time / 1000}s ${name} ${event.status}`);
    },
  });
  return {
    batch,
    clock,
    launcher,
    events,
    log,
    submit: (args = {}) => batch.submit({ JobName: "a", JobQueue: "high", JobDefinition: "job", ...args }).JobId,
    ended: (jobId) => batch.whenEnded(jobId),
  };
}
