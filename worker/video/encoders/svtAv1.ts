import type { Plan, PlanRendition } from "../../../contract/plan";
import { gopGrid } from "./gopGrid";

/** By x264's presets: the encoder's own, from 13, the fastest, to 0. */
const PRESETS: Record<string, number> = {
  ultrafast: 12,
  superfast: 11,
  veryfast: 10,
  faster: 9,
  fast: 8,
  medium: 7,
  slow: 6,
  slower: 4,
  veryslow: 3,
};

/** Describes the display of an HDR source in every keyframe. */
function displaySettings({ source }: Plan, { colour }: PlanRendition): Record<string, string> {
  if (!colour || colour.range === "SDR") return {};
  const { mastering, light } = source.colour ?? {};
  const point = (name: string, [x, y]: readonly [number, number], perUnit: number): string =>
    `${name}(${x / perUnit},${y / perUnit})`;
  return {
    ...(mastering
      ? {
          "mastering-display":
            point("G", mastering.green, 50_000) +
            point("B", mastering.blue, 50_000) +
            point("R", mastering.red, 50_000) +
            point("WP", mastering.white, 50_000) +
            point("L", [mastering.luminance[1], mastering.luminance[0]], 10_000),
        }
      : {}),
    ...(light ? { "content-light": `${light.content},${light.average}` } : {}),
  };
}

export function svtAv1(plan: Plan, rendition: PlanRendition): string[] {
  const { preset, crf, bitrateKbps, maxBitrateKbps } = rendition;
  const settings = {
    // Several threads would divide the bits below a ceiling in the order in which they run, so every run would differ.
    lp: 1,
    ...(bitrateKbps === undefined && maxBitrateKbps !== undefined ? { mbr: maxBitrateKbps } : {}),
    ...displaySettings(plan, rendition),
  };
  return [
    ...["-c:v", "libsvtav1", "-preset", String(PRESETS[preset] ?? 8), "-g", String(gopGrid(plan).pictures)],
    ...(bitrateKbps === undefined ? ["-crf", String(crf)] : ["-b:v", `${bitrateKbps}k`]),
    ...[
      "-svtav1-params",
      Object.entries(settings)
        .map((entry) => entry.join("="))
        .join(":"),
    ],
    ...["-flags", "+bitexact"],
  ];
}
