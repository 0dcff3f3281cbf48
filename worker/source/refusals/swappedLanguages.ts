import { InputError } from "../../errors/errors";
import { isMedia, languageOf } from "../transport/streamEntry";
import type { Table } from "../transport/tableHistory";
import { describesProgramme, listStreams } from "../transport/tables";

/**
 * Refuses a transport stream in which two streams of sound exchange their languages on the way: each of the tracks made of them would be
 * named after the one and have the other from there on.
 *
 * @param tables All that there are, in the order of the file.
 * @param picture The PID of the video.
 */
export function assertSteadyLanguages(name: string, tables: readonly Table[], picture: number): void {
  const own = tables.filter(({ section }) => describesProgramme(section) && listStreams(section).has(picture));
  const [first, ...later] = own.map(({ section }) => languagesIn(section));
  for (const languages of later) {
    const swapped = first && findSwap(first, languages);
    if (!swapped) continue;
    throw new InputError(
      `${name} has two audio tracks that exchange their languages on the way, ${swapped.join(" and ")}; cut it where they do, and process the pieces one by one.`,
    );
  }
}

/** By the PIDs of the streams that state one. */
function languagesIn(section: Buffer): Map<number, string> {
  return new Map(
    [...listStreams(section)].flatMap(([pid, entry]) => {
      const language = isMedia(entry) ? languageOf(entry) : undefined;
      return language === undefined ? [] : [[pid, language]];
    }),
  );
}

function findSwap(
  before: ReadonlyMap<number, string>,
  after: ReadonlyMap<number, string>,
): [string, string] | undefined {
  for (const [pid, language] of before) {
    const other = after.get(pid);
    if (other === undefined || other === language) continue;
    for (const [partner, stated] of before) {
      if (stated === other && after.get(partner) === language) return [language, other];
    }
  }
  return undefined;
}
