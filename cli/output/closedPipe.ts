import type { Output } from "./output";

/**
 * Drops what is written after its reader has gone, as with `| head -1`: Node.js would end the process with a stack trace, and a run with
 * it. Returns a signal that is aborted then, for commands that do nothing but print.
 */
export function ignoreClosedPipes({ stdout, stderr }: Output): AbortSignal {
  const closed = new AbortController();
  for (const stream of [stdout, stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
      closed.abort();
    });
  }
  return closed.signal;
}
