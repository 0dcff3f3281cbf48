import type { Plan, PlanRendition } from "../../contract/plan";
import type { Needs } from "../ffmpeg/needs";
import { ANY_INPUT, needsOf } from "../ffmpeg/needs";
import { chunksOf } from "../plan/chunks";
import { encodeArguments } from "./arguments";

/** What encoding a rendition needs of ffmpeg: the same for each of its chunks. */
export function renditionNeeds(plan: Plan, rendition: PlanRendition): Needs {
  const [first] = chunksOf(plan);
  if (!first) return needsOf([]);
  return needsOf(encodeArguments({ plan, renditions: [rendition], chunk: first, input: ANY_INPUT, seekMargin: 0 }));
}
