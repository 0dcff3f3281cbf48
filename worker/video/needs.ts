import type { Plan, PlanRendition } from "../../contract/plan";
import type { Needs } from "../ffmpeg/needs";
import { ANY_INPUT, needsOf } from "../ffmpeg/needs";
import { chunksOf } from "../plan/chunks";
import { encodeArguments } from "./arguments";

/** What encoding a rendition needs: the same for each of its chunks. */
export function renditionNeeds(plan: Plan, rendition: PlanRendition): Needs {
  const [first] = chunksOf(plan);
  return needsOf(first ? encodeArguments(plan, [rendition], first, ANY_INPUT, 0) : []);
}
