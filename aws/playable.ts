import type { PipelineEvent } from "../contract/events";
import type { LogLine } from "./logs";

/** Maximum number of logs to search. The first renditions become playable in the first jobs that end. */
const MAX_LOGS = 50;

/** Finds in the jobs' logs when each rendition became playable. The worker writes a line for it. */
export class PlayableFinder {
  readonly #known = new Set<string>();
  #logs = 0;

  /** Searches the logs of the attempts that succeeded. */
  async findInLogs(
    events: readonly PipelineEvent[],
    read: (log: string) => Promise<readonly LogLine[]>,
  ): Promise<PipelineEvent[]> {
    const found: PipelineEvent[] = [];
    for (const event of events) {
      if (event.type !== "attemptEnded" || !event.succeeded || event.attempt.log === undefined) continue;
      if (++this.#logs > MAX_LOGS) break;
      for (const { time, text } of await read(event.attempt.log)) {
        const rendition = /^playable (\S+)$/.exec(text)?.[1];
        if (rendition === undefined || this.#known.has(rendition)) continue;
        this.#known.add(rendition);
        found.push({ type: "renditionPlayable", time, job: event.job, rendition });
      }
    }
    return found;
  }
}
