import type { RenditionArgs } from "./args";

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
export function sizeDefaults(rendition: RenditionArgs) {
  return BY_HEIGHT.findLast(({ height }) => rendition.height <= height) ?? BY_HEIGHT[0];
}
