import type { PipelineEvent } from "../../runner/events";
import { Narrator } from "./narrator";
import type { Progress } from "./progress";

/** One line per change, for logs and pipes. */
export class ProgressLines implements Progress {
  private readonly narrator = new Narrator();

  constructor(private readonly stream: NodeJS.WritableStream) {}

  show(event: PipelineEvent): void {
    const line = this.narrator.tell(event);
    if (line !== undefined) this.stream.write(`${line}\n`);
  }

  stop(): void {}
}
