import { readFile, rename, writeFile } from "node:fs/promises";

import { ffmpeg } from "../../support/clips";
import { encode, gop, picture, sound, X264 } from "./ingredients";
import { replicate } from "./replicateBands";

/** A time with sound that is encoded differently from that before. */
export interface Section {
  channels?: number;
  rate?: number;
  /** Whole pictures. Defaults to a second. */
  seconds?: number;
  /** Whether it is AAC that decoders double the rate of, which only its frames show. */
  replicated?: boolean;
}

export interface ChangingSound {
  codec: "ac3" | "eac3" | "aac" | "mp2" | "libmp3lame";
  sections: readonly Section[];
  tone?: string[];
  /** The container in which sections are written one after the other. */
  container?: "mpegts" | "flv";
  /** Options of that container. */
  options?: string[];
}

/** The file with the same pictures, and the sound as it was before anything changed. */
export const unchangedOf = (path: string): string => `${path}.unchanged.mkv`;

/** Bytes before the first tag of FLV. */
const FLV_HEADER = 13;

/** Makes a file whose sound changes from section to section. Its tone goes on through them. */
export function changing({ codec, sections, tone = sound(8), container = "mpegts", options = [] }: ChangingSound) {
  return async (path: string): Promise<void> => {
    const begins = beginsOf(sections);
    const [total] = begins.splice(-1);
    const keyframes = ["-force_key_frames", begins.join(",")];
    const whole = [...X264, ...gop(1000), ...keyframes, "-t", String(total), "-c:a", "pcm_s16le"];
    await encode(picture({ seconds: total }), tone, whole)(unchangedOf(path));
    const pieces: string[] = [];
    for (const [index, section] of sections.entries()) {
      const [begin, piece] = [begins[index] as number, `${path}.${index}.${container}`];
      const cut = ["-ss", begin.toFixed(2), "-t", (section.seconds ?? 1).toFixed(2), "-i", unchangedOf(path)];
      const encoded = [...layoutOf(section), "-c:a", codec];
      // Later, so that what encoders add at the beginning needs no negative times.
      const placed = ["-output_ts_offset", String(begin + 1), ...options, "-f", container];
      if (section.replicated) await ffmpeg(...cut, ...(await replicated(cut, encoded, piece)), ...placed, piece);
      else await ffmpeg(...cut, "-map", "0", "-c:v", "copy", ...encoded, ...placed, piece);
      pieces.push(piece);
    }
    await append(pieces, path);
  };
}

/** Puts it into another container. So that no time is lost on the way, each frame has one of its own. */
export function remuxed(made: ChangingSound): (path: string) => Promise<void> {
  return async (path) => {
    await changing({ ...made, options: [...(made.options ?? []), "-pes_payload_size", "0"] })(path);
    await rename(path, `${path}.ts`);
    await ffmpeg("-i", `${path}.ts`, "-map", "0", "-c", "copy", `file:${path}`);
  };
}

/** When each section begins, and when the last one ends. */
export function beginsOf(sections: readonly Section[]): number[] {
  const begins = [0];
  for (const { seconds = 1 } of sections) begins.push(Math.round(((begins.at(-1) as number) + seconds) * 100) / 100);
  return begins;
}

function layoutOf({ channels = 2, rate = 48_000 }: Section): string[] {
  // Versions of ffmpeg differ in what they put into the other channels of 5.1.
  const layout = channels === 6 ? ["-af", "pan=5.1|FL=c0|FR=c1"] : ["-ac", String(channels)];
  return [...layout, "-ar", String(rate)];
}

/** Samples that an encoder puts before the sound, and that doubling the rate takes, at the doubled rate. */
const DELAY = 2 * 1024 + 962;

/** Further options, with which ffmpeg takes the sound of a piece from a file of its own. */
async function replicated(cut: string[], encoded: string[], piece: string): Promise<string[]> {
  const adts = `${piece}.adts`;
  await ffmpeg(...cut, "-map", "0:a", ...encoded, "-f", "adts", adts);
  const bytes = replicate(await readFile(adts));
  await writeFile(adts, bytes.frames);
  const early = ["-itsoffset", String(-DELAY / bytes.rate), "-f", "aac", "-i", adts];
  return [...early, "-map", "0:v", "-map", "1:a", "-c", "copy"];
}

async function append(pieces: readonly string[], path: string): Promise<void> {
  const read = pieces.map(async (piece, index) => {
    const bytes = await readFile(piece);
    return piece.endsWith(".flv") && index > 0 ? bytes.subarray(FLV_HEADER) : bytes;
  });
  await writeFile(path, Buffer.concat(await Promise.all(read)));
}
