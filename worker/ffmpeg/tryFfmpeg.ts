import { JobError } from "../errors";
import type { Banner } from "./banner";
import { bannerIn } from "./banner";
import { failureOf, lackingFormat } from "./missingFeatures";
import type { EncoderNeed } from "./needs";
import { askedBanner, printed } from "./capture";
import { commandOf } from "./program";
import { assertSupported } from "./version";

/** What an ffmpeg says of itself, and of an encoder's library where that has a version of its own. */
export interface Trial extends Banner {
  library?: string;
}

/**
 * How libraries name their version when they begin to encode. It is not ffmpeg's: distributions replace the one without the
 * other. Encoders of ffmpeg's own have none, and those of GPUs don't say theirs.
 */
const LIBRARIES: Record<string, RegExp> = {
  "libx264": /\b264 - core (.+?) - H\.264/,
  "libx265": /\bHEVC encoder version (\S+)/,
  "libsvtav1": /\bSVT-AV1 Encoder Lib (\S+)/,
  "libvpx-vp9": /\[libvpx-vp9 @ \w+\] (v\d\S*)/,
};

const known = new Map<string, Promise<Trial>>();

/**
 * Whether this machine's ffmpeg is one that can be used, which every job asks first, and what it is. Takes one short run of it,
 * once in a process. Where the encoder is a library, it encodes a picture: nothing else tells the library's version, and
 * whether it was built for as many bits as it will be given. ffmpeg gives it fewer then, without a word.
 */
export function trial(encoder?: EncoderNeed): Promise<Trial> {
  const need = encoder && encoder.name in LIBRARIES ? encoder : undefined;
  const key = JSON.stringify([commandOf("ffmpeg"), need]);
  const found = known.get(key) ?? run(need);
  known.set(key, found);
  // What failed may be better next time.
  found.catch(() => known.delete(key));
  return found;
}

async function run(need: EncoderNeed | undefined): Promise<Trial> {
  const { program, stdout, ending } = await printed("ffmpeg", need ? onePicture(need) : ["-version"]);
  const text = stdout + ending.stderr;
  // Somebody's wrapper may hide it.
  const banner = bannerIn(text) ?? (await askedBanner("ffmpeg"));
  // One that is too old may fail for that alone.
  if (banner) assertSupported(banner);
  if (ending.code !== 0) {
    // Without its source of test pictures, the library's version stays unknown.
    if (need && /Unknown input format: '?lavfi/.test(text)) return run(undefined);
    throw await failureOf(program, "A picture of one colour", ending);
  }
  if (!banner) throw new JobError(`${commandOf("ffmpeg")} doesn't say what version it is.`);
  if (need?.format !== undefined && formatOf(text) !== need.format) throw lackingFormat(need);
  const library = need && LIBRARIES[need.name]?.exec(text)?.[1];
  return { ...banner, ...(library === undefined ? {} : { library }) };
}

function onePicture({ name, format = "yuv420p" }: EncoderNeed): string[] {
  return [
    ...["-nostdin", "-nostats", "-loglevel", "info", "-f", "lavfi", "-i", "color=s=64x64:r=25", "-frames:v", "1"],
    // With the headers at the beginning, x264 says what it writes into them.
    ...["-vf", `format=${format}`, "-c:v", name, "-flags", "+global_header", "-f", "null", "-"],
  ];
}

/** Of the pixels that the encoder was given: the last stream that is described is the output's. */
function formatOf(text: string): string | undefined {
  return [...text.matchAll(/Stream #0:0.*: Video: \w+[^,]*(?:\([^)]*\))?, (\w+)/g)].at(-1)?.[1];
}
