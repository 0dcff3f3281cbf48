/** Where a command writes: results to stdout, everything else to stderr. */
export interface Output {
  stdout: OutputStream;
  stderr: OutputStream;
  /** Is aborted when nobody reads one of them any more. */
  closed?: AbortSignal;
}

/** A stream that may be a terminal. */
export type OutputStream = NodeJS.WritableStream & {
  isTTY?: boolean;
  /** Absent without a terminal. */
  columns?: number;
};
