import type { LadderRendition, RenditionColour, SourceColour } from "../../contract/plan";

const RANGES: Record<string, RenditionColour["range"]> = { "smpte2084": "PQ", "arib-std-b67": "HLG" };

/** The colours that a rendition gets from a source. Nothing for 8 bits of SDR. */
export function renditionColour(
  { codec, bitDepth, dynamicRange }: LadderRendition,
  source: SourceColour | undefined,
): RenditionColour | undefined {
  const bits = codec === undefined ? 8 : (bitDepth ?? ((source?.bitDepth ?? 8) > 8 ? 10 : 8));
  const range = bits === 10 && dynamicRange !== "sdr" ? (RANGES[source?.transfer ?? ""] ?? "SDR") : "SDR";
  return bits === 8 ? undefined : { bitDepth: 10, range };
}
