import { MultiBar, type SingleBar } from "cli-progress";

import type { PipelineEvent } from "../../runner/events";
import { Narrator } from "./narrator";
import type { Progress } from "./progress";

/** A bar per running job at the bottom of the terminal; what happened scrolls away above them. */
export class ProgressBars implements Progress {
  private readonly narrator = new Narrator();
  private readonly bars = new Map<string, SingleBar>();
  private readonly multi: MultiBar;

  constructor(stream: NodeJS.WritableStream) {
    this.multi = new MultiBar({
      stream,
      format: "{bar} {percentage}%  {job}  {queue}{attempt}",
      barCompleteChar: "█",
      barIncompleteChar: "░",
      barsize: 24,
      hideCursor: true,
      // Batch jobs come and go: an ended one makes room instead of staying at 100 %.
      clearOnComplete: true,
      gracefulExit: false,
      emptyOnZero: true,
    });
  }

  show(event: PipelineEvent): void {
    const line = this.narrator.tell(event);
    if (line !== undefined) this.multi.log(`${line}\n`);
    if (event.type === "attemptRunning") {
      const attempt = event.attempt === 1 ? "" : `, attempt ${event.attempt}`;
      const fields = { job: this.narrator.label(event.job), queue: event.job.queue, attempt };
      this.bars.set(event.job.id, this.multi.create(100, 0, fields));
    } else if (event.type === "attemptProgress") {
      this.bars.get(event.job.id)?.update(event.percent);
    } else if (event.type === "attemptEnded") {
      const bar = this.bars.get(event.job.id);
      if (bar) this.multi.remove(bar);
      this.bars.delete(event.job.id);
    }
    this.multi.update();
  }

  stop(): void {
    this.multi.stop();
  }
}
