import type { Plan, PlanRendition } from "../../contract/plan";
import { chunksOf } from "../plan/chunks";
import type { MediaInput } from "../storage/storage";
import { audioArguments } from "../audio/arguments";
import { encodeArguments } from "../video/arguments";
import type { Needs } from "./needs";
import { needsOf } from "./needs";

/** Whatever is read, it changes nothing. */
export const ANY_INPUT: MediaInput = { url: "", protocols: [], options: [] };

/** What encoding a rendition needs: the same for each of its chunks. */
export function renditionNeeds(plan: Plan, rendition: PlanRendition): Needs {
  return needsOf(
    chunksOf(plan)
      .slice(0, 1)
      .flatMap((chunk) => encodeArguments(plan, [rendition], chunk, ANY_INPUT, 0)),
  );
}

/** What encoding the sound needs. Nothing when there is none. */
export function soundNeeds(plan: Plan): Needs {
  const { audio = [] } = plan;
  return needsOf(audio.length === 0 ? [] : audioArguments(plan, audio, ANY_INPUT));
}
