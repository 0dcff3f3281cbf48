import { InputError } from "../../errors/errors";
import type { Probe } from "../ffprobe/output";

/** What the packets of sound show. */
interface SoundTimes {
  /** The first timestamp of each stream. */
  first: ReadonlyMap<number, number>;
  soundGaps: { of: (streams: readonly number[]) => readonly { from: number; before: number }[] };
  positionOf: (stream: number) => number | undefined;
  secondsOf: (stream: number, ticks: number) => number;
}

/**
 * Refuses an Ogg file with FLAC that doesn't begin at 0, as in a piece that was cut out of another file: ffmpeg plays its first page from there,
 * for only the pages behind that have times.
 */
export function assertPromptFlac(name: string, { format, streams }: Probe, times: SoundTimes): void {
  if (format.format_name !== "ogg") return;
  for (const { index } of streams.filter(({ codec_name }) => codec_name === "flac")) {
    const gap = times.soundGaps.of([index]).find(({ before }) => before === times.positionOf(index));
    if (!gap) continue;
    const early = (gap.from - times.secondsOf(index, times.first.get(index) ?? 0)).toFixed(1);
    throw new InputError(
      `${name} has FLAC sound that doesn't begin at 0, of which ffmpeg plays the first ${early} seconds too early; cut it out again with \`ffmpeg -ss START -i ORIGINAL -c:v copy -c:a libvorbis OUT.ogv\`.`,
    );
  }
}
