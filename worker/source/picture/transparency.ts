import type { PlanSource } from "../../../contract/plan";
import type { ProbeStream } from "../ffprobe/output";

/**
 * The codecs that have an alpha channel only where it means something. Without compression, RGB of 32 bits often has nothing in the last eight
 * of them, and such pictures would be black.
 */
const CODECS = ["prores", "png", "qtrle", "ffv1", "utvideo", "magicyuv", "cfhd", "hap", "lagarith", "gif"];

/** How pictures are composited that may be transparent. Undefined for opaque ones. */
export function transparencyOf({ codec_name = "", pix_fmt = "" }: ProbeStream): PlanSource["transparent"] {
  if (!CODECS.includes(codec_name) || !/^(?:yuva|gbrap|ya|rgba|bgra|argb|abgr)/.test(pix_fmt)) return undefined;
  const isDeep = /(?:9|1[0-6]|32|64)(?:le|be)$/.test(pix_fmt);
  if (pix_fmt.startsWith("yuva")) return isDeep ? "yuva444p16le" : "yuva444p";
  return isDeep ? "gbrap16le" : "gbrap";
}
