import type { Plan, PlanAudio, PlanRendition } from "./plan";

/** A track to make. */
export type PlannedTrack = ({ kind: "video" } & PlanRendition) | ({ kind: "audio" } & PlanAudio);

/** All tracks of a plan, whatever their kind. */
export function tracksOf({ renditions, audio = [] }: Plan): PlannedTrack[] {
  return [
    ...renditions.map((rendition) => ({ kind: "video" as const, ...rendition })),
    ...audio.map((track) => ({ kind: "audio" as const, ...track })),
  ];
}
