import { InputError } from "../../errors/errors";
import type { Probe } from "../ffprobe/output";
import { parseTimeBase } from "../ffprobe/timeBase";
import { SOUND_TAG } from "../flv/tagHeader";
import { flvTags } from "../flv/tags";
import type { ReadUpTo } from "../../storage/readRange";

/**
 * Refuses a Flash video whose sound begins so late that ffmpeg takes it for one without. Its streams are known only by their tags, and ffmpeg
 * reads no more than the first of those.
 */
export async function assertNoLateSound(
  name: string,
  { format, streams }: Probe,
  read: ReadUpTo,
  bytes: number,
): Promise<void> {
  if (format.format_name !== "flv" || streams.some(({ codec_type }) => codec_type === "audio")) return;
  const milliseconds = await findSound(read, bytes);
  if (milliseconds !== undefined) throw lateSoundError(name, milliseconds / 1000, "flv");
}

/** Streams by their index, which may not have been known when the file was probed. */
interface Streams {
  kinds: ReadonlyMap<number, string>;
  /** Their first timestamps. */
  first: ReadonlyMap<number, number>;
}

/** Refuses a program stream with sound that begins after the probe has ended: other programs don't look for it either. */
export function assertNoUnknownSound(name: string, { format, streams }: Probe, { kinds, first }: Streams): void {
  if (format.format_name !== "mpeg") return;
  const late = [...kinds].find(([index, kind]) => kind === "audio" && !streams.some((known) => known.index === index));
  const [numerator, denominator] = parseTimeBase(streams[0] ?? { time_base: "1/90000" });
  const seconds = ((first.get(late?.[0] ?? -1) ?? 0) * numerator) / denominator - Number(format.start_time ?? 0);
  if (late) throw lateSoundError(name, seconds, "mpg");
}

function lateSoundError(name: string, seconds: number, extension: string): InputError {
  return new InputError(
    `${name} has sound from ${seconds.toFixed(1)} seconds on that its header doesn't announce and ffmpeg would omit; remux it with: ffmpeg -fflags +genpts -analyzeduration 1G -probesize 1G -i IN.${extension} -c copy OUT.mkv.`,
  );
}

/** The time of the first tag with sound. */
async function findSound(read: ReadUpTo, bytes: number): Promise<number | undefined> {
  for await (const { kind, milliseconds } of flvTags(read, bytes)) if (kind === SOUND_TAG) return milliseconds;
  return undefined;
}
