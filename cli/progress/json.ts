import type { PipelineEvent } from "../../contract/events";
import type { Progress } from "./progress";

/** Prints every event as one line of JSON, with its time in ISO 8601. */
export class ProgressJson implements Progress {
  constructor(private readonly stream: NodeJS.WritableStream) {}

  show({ time, type, ...rest }: PipelineEvent): void {
    this.stream.write(`${JSON.stringify({ time: new Date(time).toISOString(), type, ...rest })}\n`);
  }

  stop(): void {}
}
