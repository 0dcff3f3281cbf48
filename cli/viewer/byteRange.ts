/** Bytes of a file, both ends included. */
export interface ByteRange {
  start: number;
  end: number;
}

/**
 * The bytes that a `Range` header asks for in a file of a size. Absent if the whole file is the answer: without a header, with another
 * unit, and with several ranges at once, which no player needs. `unsatisfiable` if the file has no such byte.
 */
export function parseByteRange(header: string | undefined, size: number): ByteRange | "unsatisfiable" | undefined {
  const [, from = "", to = ""] = /^bytes=(\d*)-(\d*)$/.exec(header ?? "") ?? [];
  if (from === "" && to === "") return undefined;
  const [start, end] =
    from === "" ? [Math.max(0, size - Number(to)), size - 1] : [Number(from), to === "" ? size - 1 : Number(to)];
  // The header is not valid, so it does not count.
  if (from !== "" && to !== "" && end < start) return undefined;
  return start >= size ? "unsatisfiable" : { start, end: Math.min(end, size - 1) };
}
