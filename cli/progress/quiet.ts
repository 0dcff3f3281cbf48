import type { Progress } from "./progress";

/** Shows no progress. The command prints only the result or the error at the end. */
export class ProgressQuiet implements Progress {
  show(): void {}

  stop(): void {}
}
