import { InputError } from "../../errors/errors";
import type { ReadUpTo } from "../../storage/readRange";
import type { Probe } from "../ffprobe/output";
import { pagesUpTo } from "../ogg/pagesUpTo";

/** Seconds. Joins of parts whose sound is a little shorter than their pictures make less. */
const LONGEST = 0.05;

/** How many pauses are looked into, and the bytes before a page of sound in which the one before it is. */
const MOST = 100;
const NEARBY = 1 << 22;

/** A pause, from and to a time, and where the page behind it begins. */
interface Pause {
  from: number;
  to: number;
  after: number;
}

/**
 * Refuses Ogg with Vorbis of which a page counts more than it has, and none is missing. The pause is somewhere within the page, and ffmpeg puts
 * it before it. Where parts with different sample rates are joined with `-c copy`, and by an encoder whose settings don't differ, nothing else
 * shows that.
 */
export async function assertNoHiddenPause(
  name: string,
  { format, streams }: Probe,
  soundGaps: { of: (streams: readonly number[]) => readonly Pause[] },
  read: ReadUpTo,
): Promise<void> {
  if (format.format_name !== "ogg") return;
  const sounds = streams.filter(({ codec_name }) => codec_name === "vorbis").map(({ index }) => index);
  const pauses = soundGaps.of(sounds).filter(({ from, to }) => to - from >= LONGEST);
  for (const { from, to, after } of pauses.slice(0, MOST)) {
    const [before, page] = (await pagesUpTo(read, Math.max(0, after - NEARBY), after)).slice(-2);
    if (!before || page?.sequence !== before.sequence + 1 || page.packets < 2) continue;
    const [seconds, begin] = [(to - from).toFixed(1), (from - Number(format.start_time ?? 0)).toFixed(0)];
    throw new InputError(
      `${name} has Vorbis sound with a pause of ${seconds} seconds after about ${begin} seconds, as where parts of other sample rates were joined; convert its parts with the same settings and join them again.`,
    );
  }
}
