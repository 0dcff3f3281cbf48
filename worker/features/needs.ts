import type { Plan } from "../../contract/plan";
import type { Needs } from "../ffmpeg/needs";
import { ANY_INPUT, needsOf } from "../ffmpeg/needs";
import { featureArguments, sceneArguments } from "./arguments";
import { thumbnailGrid } from "./thumbnailGrid";

/** What detecting scenes and making poster and thumbnails needs. */
export function featureNeeds(plan: Plan): Needs {
  const grid = thumbnailGrid(plan.source);
  return needsOf([
    ...featureArguments(plan, grid, ANY_INPUT, "keyframes"),
    ...featureArguments(plan, grid, ANY_INPUT, "referenced"),
    ...sceneArguments(plan, grid, ANY_INPUT, { from: 0, until: 1, atEnd: { seconds: 1, score: 1 } }),
  ]);
}
