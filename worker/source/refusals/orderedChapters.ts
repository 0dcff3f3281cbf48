import { InputError } from "../../errors/errors";
import type { ReadUpTo } from "../../storage/readRange";
import { isContainer } from "../ffprobe/isContainer";
import type { Probe } from "../ffprobe/output";
import { type Element, elements, readPart, valueOf } from "../matroska/elements";

/** Elements of Matroska (RFC 9559, 5.1.7) by their identifiers. */
const [CHAPTERS, EDITION, ORDERED, CHAPTER, OTHER_FILE] = [0x1043a770, 0x45b9, 0x45dd, 0xb6, 0x6e67];
const [START, END] = [0x91, 0x92];

const NANOSECONDS = 1e9;

/** Seconds by which chapters may miss each other, and the end. */
const [BETWEEN, AT_END] = [0.1, 1];

/**
 * Refuses a Matroska file that is to be played by ordered chapters, if that isn't what it contains from its beginning to its end. Players of
 * Matroska follow them, and ffmpeg and browsers don't.
 */
export async function assertStoredOrder(name: string, { format }: Probe, read: ReadUpTo): Promise<void> {
  if (!isContainer(format, ["matroska"])) return;
  const editions = (await readPart(read, CHAPTERS)).filter(({ id }) => id === EDITION);
  const ordered = editions.map(({ body }) => elements(body)).find((edition) => valueOf(edition, ORDERED) === 1);
  const chapters = (ordered ?? []).filter(({ id }) => id === CHAPTER).map(({ body }) => elements(body));
  if (chapters.length === 0) return;
  const remedy = "export it again as one video without ordered chapters";
  if (chapters.some((chapter) => chapter.some(({ id }) => id === OTHER_FILE))) {
    throw new InputError(`${name} has ordered chapters that play parts of other files, which aren't there; ${remedy}.`);
  }
  if (!playAll(chapters, Number(format.duration ?? 0))) {
    throw new InputError(
      `${name} has ordered chapters that leave out or move parts of it, and they aren't followed; ${remedy}.`,
    );
  }
}

function playAll(chapters: readonly Element[][], duration: number): boolean {
  let end = 0;
  for (const chapter of chapters) {
    if (Math.abs(valueOf(chapter, START) / NANOSECONDS - end) > BETWEEN) return false;
    end = valueOf(chapter, END) / NANOSECONDS;
  }
  return end >= duration - AT_END;
}
