/** Timeout in seconds of a call to a service that answers at once or not at all. */
export const CALL_SECONDS = 20;

/** Timeout in seconds of bookkeeping, which must not delay a video. */
export const BOOKKEEPING_SECONDS = 10;
