import type { PipelineEvent } from "../../contract/events";
import { Narrator } from "./narrator";
import type { Progress } from "./progress";

/** One line per change, for logs and pipes. What a failed attempt said last is indented below it. */
export class ProgressLines implements Progress {
  private readonly narrator = new Narrator();

  constructor(private readonly stream: NodeJS.WritableStream) {}

  show(event: PipelineEvent): void {
    const line = this.narrator.tell(event);
    if (line !== undefined) this.stream.write(`${line}\n`);
    // The last line is in the sentence about the attempt already.
    if (event.type !== "attemptLogTail" || event.lines.length < 2) return;
    for (const said of event.lines) this.stream.write(`${" ".repeat(10)}| ${said}\n`);
  }

  stop(): void {}
}
