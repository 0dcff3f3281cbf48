/** Positions of bytes, the end not included. */
export interface ByteRange {
  start: number;
  end: number;
}

/**
 * What a request's header asks for of so many bytes. Without one it is everything, and also where the header asks for several ranges or in
 * no known form, as HTTP allows (https://www.rfc-editor.org/rfc/rfc9110#section-14.2). Nothing if no such bytes are there.
 */
export function parseByteRange(header: string | undefined, bytes: number): ByteRange | "everything" | "nothing" {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? "") ?? [];
  if (first === "" && last === "") return "everything";
  if (first !== "" && last !== "" && Number(last) < Number(first)) return "everything";
  const start = first === "" ? Math.max(0, bytes - Number(last)) : Number(first);
  const end = first === "" || last === "" ? bytes : Math.min(bytes, Number(last) + 1);
  return start < bytes ? { start, end } : "nothing";
}
