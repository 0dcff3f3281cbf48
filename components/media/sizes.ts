import type { RenditionArgs } from "./args";

export interface SizeDefaults {
  height: number;
  /** What the worker needs to encode that size. */
  memoryMiB: number;
  /** For H.264. */
  crf: number;
  maxBitrateKbps: number;
}

const BY_HEIGHT: [SizeDefaults, ...SizeDefaults[]] = [
  { height: 4320, memoryMiB: 12288, crf: 22, maxBitrateKbps: 40000 },
  { height: 2160, memoryMiB: 4096, crf: 22, maxBitrateKbps: 16000 },
  { height: 1440, memoryMiB: 3072, crf: 22, maxBitrateKbps: 9000 },
  { height: 1080, memoryMiB: 2048, crf: 22, maxBitrateKbps: 6000 },
  { height: 720, memoryMiB: 1024, crf: 22, maxBitrateKbps: 3500 },
  { height: 480, memoryMiB: 1024, crf: 23, maxBitrateKbps: 1800 },
  { height: 360, memoryMiB: 1024, crf: 23, maxBitrateKbps: 900 },
];

/** A height between two rows takes the larger row, so that no encode gets too little memory; above the first, it takes the first. */
export function sizeDefaults(rendition: Pick<RenditionArgs, "height">): SizeDefaults {
  return BY_HEIGHT.findLast(({ height }) => rendition.height <= height) ?? BY_HEIGHT[0];
}
