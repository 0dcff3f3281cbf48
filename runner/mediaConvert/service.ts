import type { JsonObject } from "../../contract/asl";
import type { Clock } from "../clock/clock";
import { copyLadder, type Written } from "./assets";
import type { MediaConvertJob, MediaConvertOutcome } from "./job";
import type { PreparedLadder } from "./ladder";
import { filesOf } from "./outputFiles";
import type { JobRequest } from "./settings";

export interface MediaConvertOptions {
  clock: Clock;
  ladder: PreparedLadder;
  /** Gets each asset. */
  put: (uri: string, content: string | Buffer) => void;
  /** Gets each job that has ended. */
  onEnded?: (job: MediaConvertJob) => void;
}

const QUEUED_SECONDS = 5;
const WORK_SECONDS = 60;
/** How long a token stands for one job. */
const TOKEN_MS = 60_000;

interface Running {
  cancel: AbortController;
  ignoresCancel: boolean;
  end: Promise<void>;
}

/**
 * AWS Elemental MediaConvert as far as a workflow sees it: jobs with their states and times, whose outputs are copied from a prepared
 * ladder. It encodes nothing, and proves nothing about what MediaConvert would encode.
 */
export class MediaConvertService {
  readonly #tokens = new Map<string, MediaConvertJob>();
  readonly #running = new Map<MediaConvertJob, Running>();
  #created = 0;

  constructor(private readonly options: MediaConvertOptions) {}

  /**
   * Creates a job, or finds the one that the same token has created within a minute.
   *
   * @param place What ARNs begin with: `arn:aws:mediaconvert:us-east-1:123456789012`.
   */
  create(request: JobRequest, place: string, outcome: MediaConvertOutcome = {}): MediaConvertJob {
    const { clock, ladder } = this.options;
    const token = request.ClientRequestToken;
    const earlier = token === undefined ? undefined : this.#tokens.get(token);
    if (earlier && clock.now() - earlier.submitted < TOKEN_MS) return earlier;
    // Before there is a job: what the stand-in can't write is no failure of the job.
    const written = copyLadder(ladder, filesOf(request.Settings));
    const id = `${clock.now()}-${String(++this.#created).padStart(6, "0")}`;
    const job: MediaConvertJob = {
      ...{ id, arn: `${place}:jobs/${id}`, request: request as unknown as JsonObject, status: "SUBMITTED", assets: [] },
      ...{ submitted: clock.now(), cancelRequested: false },
    };
    if (token !== undefined) this.#tokens.set(token, job);
    const cancel = new AbortController();
    const end = this.#work(job, written, outcome, cancel.signal);
    this.#running.set(job, { cancel, ignoresCancel: outcome.ignoresCancel ?? false, end });
    return job;
  }

  /** Tries to cancel a job. One that has ended stays as it is. */
  cancel(job: MediaConvertJob): void {
    const running = this.#running.get(job);
    if (!running) return;
    job.cancelRequested = true;
    if (!running.ignoresCancel) running.cancel.abort();
  }

  /** Resolves when a job has ended, in whatever state. */
  async whenEnded(job: MediaConvertJob): Promise<void> {
    await this.#running.get(job)?.end;
  }

  /** Resolves when every job has ended. */
  async whenIdle(): Promise<void> {
    await Promise.all([...this.#running.values()].map(({ end }) => end));
  }

  async #work(
    job: MediaConvertJob,
    written: Written,
    outcome: MediaConvertOutcome,
    signal: AbortSignal,
  ): Promise<void> {
    const { clock } = this.options;
    const { queuedSeconds = QUEUED_SECONDS, seconds = WORK_SECONDS } = outcome;
    try {
      await clock.sleep(queuedSeconds * 1000, signal);
      Object.assign(job, { status: "PROGRESSING", started: clock.now() });
      await clock.sleep(seconds * 1000, signal);
      this.#finish(job, written, outcome);
    } catch (error) {
      if (!signal.aborted) throw error;
      job.status = "CANCELED";
    }
    job.ended = clock.now();
    this.#running.delete(job);
    this.options.onEnded?.(job);
  }

  #finish(job: MediaConvertJob, { assets, details }: Written, outcome: MediaConvertOutcome): void {
    const { error, canceled = false, omits = () => false } = outcome;
    if (canceled) job.status = "CANCELED";
    else if (error) Object.assign(job, { status: "ERROR", error });
    else {
      for (const { uri, content } of assets.filter((asset) => !omits(asset.uri))) {
        this.options.put(uri, content);
        job.assets.push(uri);
      }
      Object.assign(job, { status: "COMPLETE", details });
    }
  }
}
