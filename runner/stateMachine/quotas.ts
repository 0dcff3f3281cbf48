/** Bytes of UTF-8 that a state's input, output or result has at most. */
export const PAYLOAD_QUOTA = 262_144;

/** Items of an inline Map that run at once. */
export const MOST_CONCURRENT_ITEMS = 40;

/** The longest timeout and wait, in seconds. */
export const LONGEST_SECONDS = 99_999_999;
