/** Where a command writes: results to stdout, everything else to stderr. */
export interface Output {
  stdout: NodeJS.WritableStream;
  stderr: NodeJS.WritableStream & { isTTY?: boolean };
  /** Is aborted when nobody reads one of them any more. */
  closed?: AbortSignal;
}
