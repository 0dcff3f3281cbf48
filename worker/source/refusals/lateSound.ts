import { InputError } from "../../errors/errors";
import type { Probe } from "../ffprobe/output";
import { parseTimeBase } from "../ffprobe/timeBase";
import type { ReadUpTo } from "../../storage/readRange";

/** Bytes read at a time. */
const WINDOW = 1 << 20;

/** The header of a file and the length of the tag before the first, and the header of a tag and the length behind it. */
const FILE_HEADER = 13;
const TAG_HEADER = 11;
const TAG_END = 4;

const AUDIO_TAG = 8;

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
  let window: Buffer = Buffer.alloc(0);
  let begins = 0;
  for (let at = FILE_HEADER; at + TAG_HEADER <= bytes;) {
    if (at < begins || at + TAG_HEADER > begins + window.length) [window, begins] = [await read(at, WINDOW), at];
    const tag = window.subarray(at - begins, at - begins + TAG_HEADER);
    if (tag.length < TAG_HEADER) return undefined;
    if (tag[0] === AUDIO_TAG) return tag.readUIntBE(4, 3) + (tag[7] as number) * 2 ** 24;
    at += TAG_HEADER + tag.readUIntBE(1, 3) + TAG_END;
  }
  return undefined;
}
