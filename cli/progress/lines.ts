import type { PipelineEvent } from "../../contract/events";
import { Narrator } from "./narrator";
import type { Progress } from "./progress";

/** Prints one line per change, for logs and pipes, with the last log lines of a failed attempt indented below it. */
export class ProgressLines implements Progress {
  private readonly narrator = new Narrator();

  constructor(private readonly stream: NodeJS.WritableStream) {}

  show(event: PipelineEvent): void {
    const line = this.narrator.describe(event);
    if (line !== undefined) this.stream.write(`${line}\n`);
    // The line about the attempt already includes the last line.
    if (event.type !== "attemptLogTail" || event.lines.length < 2) return;
    for (const logLine of event.lines) this.stream.write(`${" ".repeat(10)}| ${logLine}\n`);
  }

  stop(): void {}
}
