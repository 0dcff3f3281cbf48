import type { LadderRendition } from "../../contract/plan";
import type { Rendition } from "./args";

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

export function codecDefaults({ codec = "h264" }: Rendition): CodecDefaults {
  return OTHERS[codec] ?? H264;
}

type Encoding = Pick<LadderRendition, "codec" | "encoder" | "bitDepth" | "dynamicRange">;

/** Only what differs from the usual, because the ladder has to fit into a job definition. */
export function normaliseEncoding({ codec, encoder, bitDepth, dynamicRange }: Rendition): Encoding {
  return {
    ...(codec === undefined || codec === "h264" ? {} : { codec: codec }),
    ...(encoder === "nvenc" ? { encoder } : {}),
    ...(bitDepth === undefined ? {} : { bitDepth: bitDepth as Encoding["bitDepth"] }),
    ...(dynamicRange === "sdr" ? { dynamicRange } : {}),
  };
}

/** The memory that the worker needs to encode each size, and what a good H.264 encode of it takes. */
const BY_HEIGHT = [
  { height: 4320, memoryMiB: 12288, crf: 22, maxBitrateKbps: 40000 },
  { height: 2160, memoryMiB: 4096, crf: 22, maxBitrateKbps: 16000 },
  { height: 1440, memoryMiB: 3072, crf: 22, maxBitrateKbps: 9000 },
  { height: 1080, memoryMiB: 2048, crf: 22, maxBitrateKbps: 6000 },
  { height: 720, memoryMiB: 1024, crf: 22, maxBitrateKbps: 3500 },
  { height: 480, memoryMiB: 1024, crf: 23, maxBitrateKbps: 1800 },
  { height: 360, memoryMiB: 1024, crf: 23, maxBitrateKbps: 900 },
] as const;

/** A height between two rows takes the larger row, so that no encode gets too little memory; above the first, it takes the first. */
export function sizeDefaults(rendition: Rendition) {
  return BY_HEIGHT.findLast(({ height }) => rendition.height <= height) ?? BY_HEIGHT[0];
}
