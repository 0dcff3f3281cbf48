import type { Plan } from "../../contract/plan";
import type { Needs } from "../ffmpeg/needs";
import { ANY_INPUT, needsOf } from "../ffmpeg/needs";
import { audioArguments } from "./arguments";

/** What encoding the sound tracks needs of ffmpeg: nothing if there are none. */
export function audioNeeds(plan: Plan): Needs {
  const { audio = [] } = plan;
  return needsOf(audio.length === 0 ? [] : audioArguments(plan, audio, ANY_INPUT));
}
