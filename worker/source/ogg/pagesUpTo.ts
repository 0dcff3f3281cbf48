import type { ReadUpTo } from "../../storage/readRange";
import { LONGEST_PAGE, type Page, wholePagesIn } from "./pages";

/** Bytes before a page in which the one before it is looked for. */
const FARTHEST = 1 << 24;

/**
 * The whole pages of a stream from one on, or from where that is too far away, up to another one. Empty if that one isn't whole.
 *
 * @param before Where the first one begins in the file.
 * @param page Where the last one does.
 */
export async function pagesUpTo(read: ReadUpTo, before: number, page: number): Promise<Page[]> {
  const start = Math.max(before, page - FARTHEST);
  const bytes = await read(start, page - start + LONGEST_PAGE);
  const all = [...wholePagesIn(bytes)].filter(({ at }) => at <= page - start);
  const last = all.at(-1);
  return last?.at === page - start ? all.filter(({ serial }) => serial === last.serial) : [];
}

/** Whether a page of a stream is missing before the last one. */
export function lacksPage([first, ...later]: readonly Page[]): boolean {
  if (!first) return false;
  // The bytes begin with a page, unless that is too far away.
  return first.at > 0 || later.some(({ sequence }, index) => sequence !== first.sequence + 1 + index);
}
