import type { Progress } from "./progress";

/** Shows nothing: only the result and what went wrong are told, at the end. */
export class ProgressQuiet implements Progress {
  show(): void {}

  stop(): void {}
}
