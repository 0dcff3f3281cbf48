import type { PlanSource } from "../../../contract/plan";
import { sumOf } from "../../ffmpeg/sumOf";

/** Shows pictures at their right times that ffmpeg shows too early. Reading that begins with such a picture gives it its right time. */
export function delayEarly({ times }: Pick<PlanSource, "times">): string[] {
  const early = typeof times === "object" && "rate" in times ? (times.early ?? []) : [];
  const delays = early.map(({ pts, by }) => `${by}*eq(PTS,${pts})`);
  return delays.length === 0 ? [] : [`setpts='PTS+${sumOf(delays)}'`];
}
