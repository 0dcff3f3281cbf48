import type { Plan } from "../../contract/plan";

/** The time of sound, in seconds of its source, that is heard when the first picture is shown. */
export function soundOrigin({ source, timeline }: Plan): number {
  return (timeline.origin - (source.late ?? 0) * source.timeBase[0]) / timeline.timescale;
}
