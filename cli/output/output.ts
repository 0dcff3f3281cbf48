/** Where a command writes: results to stdout, everything else to stderr. */
export interface Output {
  stdout: NodeJS.WritableStream & MaybeTerminal;
  stderr: NodeJS.WritableStream & MaybeTerminal;
  /** Is aborted when nobody reads one of them any more. */
  closed?: AbortSignal;
}

interface MaybeTerminal {
  isTTY?: boolean;
  /** Absent without a terminal. */
  columns?: number;
}
