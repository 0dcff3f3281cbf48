import type { PlanRendition } from "../../../contract/plan";

/** The ceiling of the bitrate in kbit/s, where there is one. */
export function peakBitrateKbps({ maxBitrateKbps, bitrateKbps }: PlanRendition): number | undefined {
  return maxBitrateKbps ?? (bitrateKbps === undefined ? undefined : Math.round(bitrateKbps * 1.5));
}

/** The peak rate is held over two seconds, which players buffer with ease. */
export function ceiling(rendition: PlanRendition): string[] {
  const peak = peakBitrateKbps(rendition);
  return peak === undefined ? [] : ["-maxrate", `${peak}k`, "-bufsize", `${peak * 2}k`];
}
