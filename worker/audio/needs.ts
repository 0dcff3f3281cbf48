import type { Plan } from "../../contract/plan";
import type { Needs } from "../ffmpeg/needs";
import { ANY_INPUT, mergeNeeds, needsOf } from "../ffmpeg/needs";
import { decodingArguments, encodingArguments } from "./arguments";

/** What encoding the audio tracks needs of ffmpeg, the encoder of the tracks first: nothing if there are none. */
export function audioNeeds(plan: Plan): Needs {
  const { audio = [] } = plan;
  if (audio.length === 0) return needsOf([]);
  const encoding = audio.map((track) => needsOf(encodingArguments(plan, track, "decoded")));
  return mergeNeeds([...encoding, needsOf(decodingArguments(plan, audio, ANY_INPUT))]);
}
