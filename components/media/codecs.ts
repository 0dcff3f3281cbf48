import type { LadderRendition } from "../../contract/plan";
import type { RenditionArgs } from "./args";

/** How a codec differs from H.264 at about the same quality. */
export interface CodecDefaults {
  /** What is added to the rate factor. */
  crf: number;
  /** What the ceiling of the bitrate is multiplied by. */
  ceiling: number;
  /** What the time of an attempt is multiplied by. */
  time: number;
}

const H264: CodecDefaults = { crf: 0, ceiling: 1, time: 1 };
const OTHERS: Record<string, CodecDefaults> = {
  hevc: { crf: 2, ceiling: 0.7, time: 2 },
  av1: { crf: 10, ceiling: 0.6, time: 2 },
  vp9: { crf: 10, ceiling: 0.7, time: 4 },
};

export function codecDefaults({ codec = "h264" }: RenditionArgs): CodecDefaults {
  return OTHERS[codec] ?? H264;
}

type Encoding = Pick<LadderRendition, "codec" | "encoder" | "bitDepth" | "dynamicRange">;

/** Only what differs from the usual, because the ladder has to fit into a job definition. */
export function normaliseEncoding({ codec, encoder, bitDepth, dynamicRange }: RenditionArgs): Encoding {
  return {
    ...(codec === undefined || codec === "h264" ? {} : { codec: codec as Encoding["codec"] }),
    ...(encoder === "nvenc" ? { encoder } : {}),
    ...(bitDepth === undefined ? {} : { bitDepth: bitDepth as Encoding["bitDepth"] }),
    ...(dynamicRange === "sdr" ? { dynamicRange } : {}),
  };
}
