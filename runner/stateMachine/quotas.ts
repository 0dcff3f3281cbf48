/** Maximum size of a state's input, output or result, in bytes of UTF-8. */
export const PAYLOAD_QUOTA = 262_144;

/** Maximum number of items that an inline Map runs at once. */
export const MAX_CONCURRENT_ITEMS = 40;

/** Maximum timeout or wait, in seconds. */
export const MAX_SECONDS = 99_999_999;
