import type { EarlyPicture } from "../../../contract/plan";
import type { ReadUpTo } from "../../storage/readRange";
import type { PageJump } from "./pageJumps";
import { readStreamHeads, type StreamHead } from "./streamHeads";
import { LONGEST_PAGE, type Page } from "./pages";
import { lacksPage, pagesUpTo } from "./pagesUpTo";

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
    const pages = await pagesUpTo(read, before, page);
    const isBehindLoss = lacksPage(pages);
    const isBehindRepeated = lacksPictures(pages, heads.get(pages[0]?.serial ?? NaN)) === by;
    if (isBehindLoss || isBehindRepeated) early.push(...times.map((pts) => ({ picture: { pts, by }, isBehindLoss })));
  }
  return early;
}

/** How many pictures the last page counts before its own. Among several of its own, nothing says which of them comes later. */
function lacksPictures(pages: readonly Page[], head: StreamHead | undefined): number {
  const [before, last] = pages.slice(-2);
  if (!head || !before || last?.packets !== 1) return 0;
  const counted = ({ granule }: Page): number => Number(granule / BigInt(head.step) + (granule % BigInt(head.step)));
  return counted(last) - counted(before) - 1;
}
