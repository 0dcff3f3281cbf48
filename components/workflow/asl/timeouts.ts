/** Seconds of one call of a service that answers at once, or not at all. */
export const CALL_SECONDS = 20;

/** The same for bookkeeping, which no video waits for. */
export const BOOKKEEPING_SECONDS = 10;
