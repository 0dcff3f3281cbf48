import { boxHeader } from "./boxes";

/** Reads a range of a file, or less of it where the file ends. */
export type ReadUpTo = (start: number, length: number) => Promise<Buffer>;

/** Where a box is in a file: its beginning, that of its contents, and its end. */
export interface FileBox {
  type: string;
  at: number;
  body: number;
  end: number;
}

/** Whether a file begins like those that consist of boxes, MP4 and MOV. */
export function beginsLikeMp4(head: Buffer): boolean {
  return ["ftyp", "moov", "mdat", "free", "skip", "wide", "pnot"].includes(head.toString("latin1", 4, 8));
}

/** Goes through consecutive boxes of a file and reads no more than their headers. Ends at the first that isn't whole. */
export async function* fileBoxes(read: ReadUpTo, from: number, end: number): AsyncGenerator<FileBox> {
  for (let at = from; at + 8 <= end;) {
    const header = boxHeader(await read(at, 16));
    // A size of 0 means up to the end.
    const size = header?.size === 0 ? end - at : (header?.size ?? 0);
    if (!header || size < header.length || at + size > end) return;
    yield { type: header.type, at, body: at + header.length, end: at + size };
    at += size;
  }
}

/** All boxes at a path of types. */
export async function findFileBoxes(
  read: ReadUpTo,
  { body, end }: Pick<FileBox, "body" | "end">,
  ...[type, ...inside]: string[]
): Promise<FileBox[]> {
  const found: FileBox[] = [];
  for await (const box of fileBoxes(read, body, end)) {
    if (box.type === type) found.push(...(inside.length > 0 ? await findFileBoxes(read, box, ...inside) : [box]));
  }
  return found;
}
