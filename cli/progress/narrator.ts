import type { JobIdentity, PipelineEvent } from "../../contract/events";

/** Describes a run in lines for people: what changed and when, with the names of the definition. */
export class Narrator {
  private first?: number;
  /** The state that submitted a job, by the job's id. */
  private readonly states = new Map<string, string>();
  private readonly submitted = new Map<string, JobIdentity>();
  private readonly runningSince = new Map<string, number>();

  /** Returns a line for a change that people want to see, and nothing for any other event. */
  describe(event: PipelineEvent): string | undefined {
    this.first ??= event.time;
    const description = this.describeChange(event);
    if (description === undefined) return undefined;
    const [subject, change] = description;
    return `${formatSeconds(event.time - this.first).padStart(8)}  ${subject.padEnd(24)}  ${change}`;
  }

  /** The name of the job's state, with the index of a chunk. */
  label({ id, parentId, name, arrayIndex }: JobIdentity): string {
    const state = this.states.get(parentId ?? id) ?? name;
    return arrayIndex === undefined ? state : `${state}[${arrayIndex}]`;
  }

  private describeChange(event: PipelineEvent): [subject: string, change: string] | undefined {
    switch (event.type) {
      case "jobSubmitted":
        this.submitted.set(event.job.id, event.job);
        return undefined;
      case "taskSubmitted": {
        this.states.set(event.jobId, event.visit.state);
        const { queue, arraySize } = this.submitted.get(event.jobId)!;
        return [event.visit.state, `waiting in ${queue}${arraySize === undefined ? "" : `, ${arraySize} chunks`}`];
      }
      case "jobStuck":
        return [this.label(event.job), event.message];
      case "attemptRunning":
        this.runningSince.set(event.job.id, event.time);
        return [this.label(event.job), event.attempt === 1 ? "running" : `running, attempt ${event.attempt}`];
      case "renditionPlayable":
        return [event.rendition, "playable so far"];
      case "attemptEnded": {
        const { number, exitCode, reason, statusReason, lastErrorLine } = event.attempt;
        const since = this.runningSince.get(event.job.id) ?? event.time;
        if (event.succeeded) return [this.label(event.job), `succeeded in ${formatSeconds(event.time - since)}`];
        const code = exitCode === undefined ? "" : ` with exit code ${exitCode}`;
        const next = event.retried ? ", retrying" : "";
        return [
          this.label(event.job),
          `attempt ${number} failed${code}${next}: ${lastErrorLine ?? reason ?? statusReason}`,
        ];
      }
      case "jobEnded": {
        // The line of a plain job's last attempt already had its result.
        const alreadyReported = event.job.arraySize === undefined && this.runningSince.has(event.job.id);
        if (alreadyReported || event.job.parentId !== undefined) return undefined;
        const reason = event.statusReason === undefined ? "" : `: ${event.statusReason}`;
        return [this.label(event.job), event.status === "SUCCEEDED" ? "all chunks succeeded" : `failed${reason}`];
      }
      case "stateRetried":
        return [event.visit.state, `${event.error ?? "failed"}, retrying in ${event.delaySeconds.toFixed(0)} s`];
      case "notificationPublished": {
        // An e-mail begins with the whole sentence; SNS limits the length and characters of a subject.
        const { email, subject, message } = event.notification;
        return ["Notification", email?.split("\n")[0] ?? subject ?? message];
      }
      case "eventSent": {
        const { detailType, bus } = event.event;
        return ["Event", `${detailType} to ${bus.split("/").at(-1)}`];
      }
      case "executionStarted":
      case "executionEnded":
      case "stateEntered":
      case "stateExited":
      case "attemptStarting":
      case "attemptProgress":
      case "attemptLogTail":
        return undefined;
    }
  }
}

function formatSeconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
