import { RecordKeeper } from "../../runner/record/recordKeeper";
import type { Attempt, JobIdentity, PipelineEvent } from "../../contract/events";
import type { Run, RunRecord } from "../../contract/run";

const queue = (name: string): string => `arn:aws:batch:us-east-1:123456789012:job-queue/${name}`;
const Retry = [{ ErrorEquals: ["Batch.ServerException"], MaxAttempts: 6 }];
const Resource = "arn:aws:states:::batch:submitJob.sync";

/** A small definition with one of each feature of generated ones. */
export const DEFINITION = {
  StartAt: "Probe",
  States: {
    "Probe": {
      Type: "Task",
      Resource,
      Arguments: { JobQueue: queue("high") },
      Retry,
      Catch: [{ ErrorEquals: ["States.ALL"], Next: "Tell" }],
      Next: "Work",
    },
    "Work": {
      Type: "Parallel",
      Branches: [
        {
          StartAt: "Check",
          States: {
            "Check": { Type: "Choice", Choices: [{ Condition: "{% 'a' in $all %}", Next: "Encode" }], Default: "Skip" },
            "Encode": {
              Type: "Task",
              Resource,
              Arguments: `{% $merge([{'JobQueue': '${queue("low")}'}, {}]) %}`,
              Catch: [{ ErrorEquals: ["States.ALL"], Next: "Encode Failed" }],
              End: true,
            },
            "Skip": { Type: "Succeed" },
            "Encode Failed": { Type: "Fail" },
          },
        },
        {
          StartAt: "Look",
          States: { Look: { Type: "Task", Resource, Arguments: { JobQueue: queue("low") }, End: true } },
        },
      ],
      Catch: [{ ErrorEquals: ["States.ALL"], Next: "Tell" }],
      End: true,
    },
    "Tell": { Type: "Task", Resource: "arn:aws:states:::sns:publish", Next: "Video Failed" },
    "Video Failed": { Type: "Fail" },
  },
};

export const START = Date.parse("2026-01-02T03:04:05.000Z");

export function emptyRun(): RunRecord {
  return {
    tool: "video-batch-pipeline",
    version: 1,
    status: "RUNNING",
    execution: "arn:execution",
    stateMachine: "machine",
    start: { video: "/clip.mp4" },
    pid: 1,
    input: { input: "s3://bucket/a <clip>.mp4" },
    started: new Date(START).toISOString(),
    vcpus: { ce: 4 },
    states: [],
    jobs: [],
    notifications: [],
  };
}

/** Builds the events of a run second by second, and keeps its record. */
export class Story {
  readonly events: PipelineEvent[] = [];
  readonly keeper = new RecordKeeper(emptyRun(), "/run");
  #visit = 0;
  #visits = new Map<string, number>();

  get run(): Run {
    return this.keeper.record;
  }

  add(event: PipelineEvent): this {
    this.events.push(event);
    this.keeper.apply(event);
    return this;
  }

  enter(seconds: number, state: string, type = "Task", path: string[] = []): this {
    const id = ++this.#visit;
    this.#visits.set(state, id);
    return this.add({ type: "stateEntered", time: at(seconds), visit: { id, state, type, path }, input: {} });
  }

  exit(seconds: number, state: string, outcome: "succeeded" | "failed" | "caught" | "cancelled", error?: string): this {
    const visit = { id: this.#visits.get(state)!, state, type: "Task", path: [] };
    return this.add({ type: "stateExited", time: at(seconds), visit, outcome, ...(error ? { error } : {}) });
  }

  submit(seconds: number, state: string, job: JobIdentity): this {
    this.add({ type: "jobSubmitted", time: at(seconds), job });
    const visit = { id: this.#visits.get(state)!, state, type: "Task", path: [] };
    return job.parentId === undefined
      ? this.add({ type: "taskSubmitted", time: at(seconds), visit, jobId: job.id })
      : this;
  }

  begin(seconds: number, job: JobIdentity, attempt = 1): this {
    return this.add({ type: "attemptStarting", time: at(seconds), job, attempt, computeEnvironment: "ce" }).add({
      ...{ type: "attemptRunning", time: at(seconds), job, attempt, log: `/run/logs/${job.name}-${attempt}.log` },
    });
  }

  end(
    seconds: number,
    job: JobIdentity,
    exitCode: number,
    { number = 1, retried = false, said = "", memory = {} }: AttemptEnd = {},
  ): this {
    const succeeded = exitCode === 0;
    const attempt = {
      ...{ number, environment: "ce", stoppedAt: at(seconds), exitCode, statusReason: "Essential container exited" },
      ...(said === "" ? {} : { lastErrorLine: said }),
      ...memory,
    };
    this.add({ type: "attemptEnded", time: at(seconds), job, attempt, succeeded, retried });
    if (said !== "") {
      this.add({ type: "attemptLogTail", time: at(seconds), job, attempt: number, lines: ["Before that.", said] });
    }
    if (retried) return this;
    return this.add({ type: "jobEnded", time: at(seconds), job, status: succeeded ? "SUCCEEDED" : "FAILED" });
  }
}

interface AttemptEnd {
  number?: number;
  retried?: boolean;
  said?: string;
  memory?: Pick<Attempt, "peakMemoryMiB" | "memoryMiB">;
}

export function at(seconds: number): number {
  return START + seconds * 1000;
}

export function jobOf(name: string, queueName: string, more: Partial<JobIdentity> = {}): JobIdentity {
  return { id: `id-${name}`, name, queue: queueName, definition: "definition", vcpus: 2, ...more };
}
