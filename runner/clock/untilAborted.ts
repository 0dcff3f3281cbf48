import { LinkedAbort } from "./linkedAbort";
import { rejectOnAbort } from "./rejectOnAbort";

/** What comes of work that an abort doesn't end: from then on nobody waits for it. Leaves no listener behind. */
export async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const own = new LinkedAbort(signal);
  try {
    return await Promise.race([work, rejectOnAbort(own.signal)]);
  } finally {
    own.release();
  }
}
