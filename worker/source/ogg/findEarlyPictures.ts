import type { EarlyPicture } from "../../../contract/plan";
import type { ReadUpTo } from "../../storage/readRange";
import type { PageJump } from "./pageJumps";
import { readStreamHeads, type StreamHead } from "./streamHeads";
import { LONGEST_PAGE, type Page, wholePagesIn } from "./pages";

/** Bytes before a page in which the one before it is looked for. */
const FARTHEST = 1 << 24;

/** A picture that is shown too early, and whether the file lacks those before it. */
export interface FoundEarly {
  picture: EarlyPicture;
  isBehindLoss: boolean;
}

/**
 * Finds pictures that ffmpeg shows too early. It lets the first packet of a page follow the last one before it, and gives those after it their
 * right times, whether a page is missing or one that was copied lacks the pictures that repeat others.
 */
export async function findEarlyPictures(read: ReadUpTo, jumps: readonly PageJump[]): Promise<FoundEarly[]> {
  const heads = jumps.length > 0 ? readStreamHeads(await read(0, LONGEST_PAGE)) : new Map<number, StreamHead>();
  const early: FoundEarly[] = [];
  for (const { times, by, page, before } of jumps) {
    const start = Math.max(before, page - FARTHEST);
    const bytes = await read(start, page - start + LONGEST_PAGE);
    const all = [...wholePagesIn(bytes)].filter(({ at }) => at <= page - start);
    const last = all.at(-1);
    const pages = all.filter(({ serial }) => serial === last?.serial);
    const isBehindLoss = last?.at === page - start && lacksPage(pages);
    const isBehindRepeated = lacksPictures(pages, heads.get(last?.serial ?? NaN)) === by;
    if (isBehindLoss || isBehindRepeated) early.push(...times.map((pts) => ({ picture: { pts, by }, isBehindLoss })));
  }
  return early;
}

/** Whether a page of a stream is missing before the last one. */
function lacksPage([first, ...later]: readonly Page[]): boolean {
  if (!first) return false;
  // The bytes begin with a page, unless that is too far away.
  return first.at > 0 || later.some(({ sequence }, index) => sequence !== first.sequence + 1 + index);
}

/** How many pictures the last page counts before its own. Among several of its own, nothing says which of them comes later. */
function lacksPictures(pages: readonly Page[], head: StreamHead | undefined): number {
  const [before, last] = pages.slice(-2);
  if (!head || !before || last?.packets !== 1) return 0;
  const counted = ({ granule }: Page): number => Number(granule / BigInt(head.step) + (granule % BigInt(head.step)));
  return counted(last) - counted(before) - 1;
}
