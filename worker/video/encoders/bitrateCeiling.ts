import type { PlanRendition } from "../../../contract/plan";

/** The ceiling of the bitrate in kbit/s, if there is one. */
export function peakBitrateKbps({ maxBitrateKbps, bitrateKbps }: PlanRendition): number | undefined {
  return maxBitrateKbps ?? (bitrateKbps === undefined ? undefined : Math.round(bitrateKbps * 1.5));
}

/** Limits the average over two seconds to the ceiling, which players buffer easily. */
export function ceilingArguments(rendition: PlanRendition): string[] {
  const peak = peakBitrateKbps(rendition);
  return peak === undefined ? [] : ["-maxrate", `${peak}k`, "-bufsize", `${peak * 2}k`];
}
