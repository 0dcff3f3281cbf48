import { JobError } from "../errors/errors";
import type { Banner } from "./banner";
import { parseBanner } from "./banner";
import { explainFailure } from "./explainFailure";
import { missingBitDepthError } from "./missingFeatures";
import type { EncoderNeed } from "./needs";
import { capture, readBanner } from "./capture";
import { commandOf } from "./program";
import { assertSupported } from "./version";

/** The versions of an ffmpeg, and of an encoder's library if that has its own. */
export interface Trial extends Banner {
  library?: string;
}

/**
 * How libraries print their version when they begin to encode. It is independent of ffmpeg's, since distributions update them
 * separately. ffmpeg's own encoders have none, and those of GPUs don't print theirs.
 */
const LIBRARY_VERSIONS: Record<string, RegExp> = {
  "libx264": /\b264 - core (.+?) - H\.264/,
  "libx265": /\bHEVC encoder version (\S+)/,
  "libsvtav1": /\bSVT-AV1 Encoder Lib (\S+)/,
  "libvpx-vp9": /\[libvpx-vp9 @ \w+\] (v\d\S*)/,
};

const trials = new Map<string, Promise<Trial>>();

/**
 * Checks that this machine's ffmpeg can be used, as every job does first, and returns its versions. This takes one short run per process
 * and encoder. If the encoder is a library, the run encodes a picture: only that reveals the library's version, and whether the library
 * was built for the bit depth it will be given. If not, ffmpeg silently reduces the depth.
 */
export function tryFfmpeg(encoder?: EncoderNeed): Promise<Trial> {
  const need = encoder && encoder.name in LIBRARY_VERSIONS ? encoder : undefined;
  const key = JSON.stringify([commandOf("ffmpeg"), need]);
  const found = trials.get(key) ?? run(need);
  trials.set(key, found);
  // A failure may be temporary, so the next call tries again.
  // eslint-disable-next-line no-restricted-syntax -- the caller gets the error
  found.catch(() => trials.delete(key));
  return found;
}

async function run(need: EncoderNeed | undefined): Promise<Trial> {
  const { program, stdout, exit } = await capture("ffmpeg", need ? encodeOnePicture(need) : ["-version"]);
  const text = stdout + exit.stderr;
  // A wrapper around ffmpeg may hide it.
  const banner = parseBanner(text) ?? (await readBanner("ffmpeg"));
  // An outdated ffmpeg may have failed because of its age, so that is reported first.
  if (banner) assertSupported(banner);
  if (exit.code !== 0) {
    // If this ffmpeg can't generate a test picture, the library's version stays unknown.
    if (need && /Unknown input format: '?lavfi/.test(text)) return run(undefined);
    throw await explainFailure(program, "A picture of one colour", exit);
  }
  if (!banner) throw new JobError(`${commandOf("ffmpeg")} doesn't say what version it is.`);
  if (need?.format !== undefined && encodedFormat(text) !== need.format) throw missingBitDepthError(need);
  const library = need && LIBRARY_VERSIONS[need.name]?.exec(text)?.[1];
  return { ...banner, ...(library === undefined ? {} : { library }) };
}

function encodeOnePicture({ name, format = "yuv420p" }: EncoderNeed): string[] {
  return [
    ...["-nostdin", "-nostats", "-loglevel", "info", "-f", "lavfi", "-i", "color=s=64x64:r=25", "-frames:v", "1"],
    // With global headers, x264 prints what it writes into them.
    ...["-vf", `format=${format}`, "-c:v", name, "-flags", "+global_header", "-f", "null", "-"],
  ];
}

/** The pixel format that the encoder was given: the output's stream is the last one that ffmpeg describes. */
function encodedFormat(text: string): string | undefined {
  return [...text.matchAll(/Stream #0:0.*: Video: \w+[^,]*(?:\([^)]*\))?, (\w+)/g)].at(-1)?.[1];
}
