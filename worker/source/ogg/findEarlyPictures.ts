import type { EarlyPicture } from "../../../contract/plan";
import type { ReadUpTo } from "../../storage/readRange";
import type { PageJump } from "./pageJumps";
import { LONGEST_PAGE, wholePagesIn } from "./pages";

/** Bytes before a page in which the one before it is looked for. */
const FARTHEST = 1 << 24;

/**
 * Finds pictures that ffmpeg shows too early. It lets the first packet behind a missing page follow the last one before it, and gives those
 * after it their right times.
 */
export async function findEarlyPictures(read: ReadUpTo, jumps: readonly PageJump[]): Promise<EarlyPicture[]> {
  const early: EarlyPicture[] = [];
  for (const { times, by, page, before } of jumps) {
    const start = Math.max(before, page - FARTHEST);
    const bytes = await read(start, page - start + LONGEST_PAGE);
    if (lacksPage(bytes, page - start)) early.push(...times.map((pts) => ({ pts, by })));
  }
  return early;
}

/** Whether a page of the same stream is missing before this one. */
function lacksPage(bytes: Buffer, last: number): boolean {
  const pages = [...wholePagesIn(bytes)].filter(({ at }) => at <= last);
  const serial = pages.find(({ at }) => at === last)?.serial;
  const [first, ...later] = pages.filter((page) => page.serial === serial);
  if (!first) return false;
  // The bytes begin with a page, unless that is too far away.
  return first.at > 0 || later.some(({ sequence }, index) => sequence !== first.sequence + 1 + index);
}
