import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { ffmpeg, ffprobe } from "../../../support/clips";
import { readSetup, type VorbisSetup } from "../../../../worker/source/vorbis/setup";

export interface VorbisStream {
  /** The headers, and behind them the first packet. */
  headers: Buffer;
  setup: VorbisSetup;
  packets: Buffer[];
}

/** Tones and noise, so that blocks of both sizes occur. */
const SOUND = "aevalsrc='0.2*sin(3000*t)+0.4*random(0)*gt(mod(t*9,1),0.7)'";

/** Encodes sound in a directory. */
export async function encodeVorbis(path: string, rate: number, ...options: string[]): Promise<VorbisStream> {
  const [file, first, data] = [join(path, "sound.mkv"), join(path, "headers"), join(path, "data")];
  await ffmpeg("-f", "lavfi", "-i", `${SOUND}:s=${rate}:d=0.7`, ...options, file);
  const copy = ["-map", "0", "-c", "copy", "-f", "data"];
  await ffmpeg("-i", file, ...copy, "-bsf:a", "dump_extra", "-frames:a", "1", first, ...copy, data);
  const [headers, bytes, sizes] = [await readFile(first), await readFile(data), await ffprobe(file, "packet=size")];
  let end = 0;
  const packets = sizes.map(([size]) => bytes.subarray(end, (end += Number(size))));
  const setup = readSetup(headers);
  if (!setup) throw new Error("The headers can't be read.");
  return { headers, setup, packets };
}
