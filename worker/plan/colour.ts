import type { LadderRendition, RenditionColour, SourceColour } from "../../contract/plan";

const RANGES: Record<string, RenditionColour["range"]> = { "smpte2084": "PQ", "arib-std-b67": "HLG" };

/** The bit depth and dynamic range of a rendition of this source. Undefined for 8-bit SDR. */
export function renditionColour(
  { codec, bitDepth, dynamicRange }: LadderRendition,
  source: SourceColour | undefined,
): RenditionColour | undefined {
  const bits = codec === undefined ? 8 : (bitDepth ?? ((source?.bitDepth ?? 8) > 8 ? 10 : 8));
  const range = bits === 10 && dynamicRange !== "sdr" ? (RANGES[source?.transfer ?? ""] ?? "SDR") : "SDR";
  return bits === 8 ? undefined : { bitDepth: 10, range };
}
