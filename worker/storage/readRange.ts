/** Reads exactly this range of a file, or throws. */
export type ReadRange = (start: number, length: number) => Promise<Buffer>;

/** Reads a range of a file, or less of it where the file ends. */
export type ReadUpTo = (start: number, length: number) => Promise<Buffer>;
