import type { RenditionArgs } from "./args";
import type { LadderRendition } from "../../contract/plan";

/** What differs from H.264 for a picture of the same quality, by and large. */
export interface CodecDefaults {
  /** Steps on the scale of the rate factor. */
  crf: number;
  /** Of H.264's ceiling. */
  ceiling: number;
  /** Of the time that an attempt may take. */
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

/** What the worker is told of a rendition. */
export function ladderRendition(rendition: LadderRendition): LadderRendition {
  const { name, height, codec, encoder, preset, crf, maxBitrateKbps, bitrateKbps, bitDepth, dynamicRange } = rendition;
  return { name, height, codec, encoder, preset, crf, maxBitrateKbps, bitrateKbps, bitDepth, dynamicRange };
}

type Encoding = Pick<LadderRendition, "codec" | "encoder" | "bitDepth" | "dynamicRange">;

/** What is not the ordinary; the ladder has to fit into a job definition. */
export function encodingOf({ codec, encoder, bitDepth, dynamicRange }: RenditionArgs): Encoding {
  return {
    ...(codec === undefined || codec === "h264" ? {} : { codec: codec as Encoding["codec"] }),
    ...(encoder === "nvenc" ? { encoder } : {}),
    ...(bitDepth === undefined ? {} : { bitDepth: bitDepth as Encoding["bitDepth"] }),
    ...(dynamicRange === "sdr" ? { dynamicRange } : {}),
  };
}
