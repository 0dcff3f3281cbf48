import type { Ladder, Plan, PlanSource } from "../../contract/plan";
import { LADDER_VARIABLE } from "../../contract/plan";
import { InputError } from "../errors/errors";
import { findPrograms } from "../ffmpeg/findPrograms";
import { remedy } from "../ffmpeg/remedy";
import { assertSupported } from "../ffmpeg/version";
import { readLadder } from "../plan/ladder";
import { makePlan } from "../plan/makePlan";
import { assertMet, needsOfPlan } from "./needs";

/**
 * Checks that the programs on this machine can do what the ladder needs for any video. What a particular video needs besides, its
 * metadata job finds out. Without a ladder, checks that the programs are supported. Returns what was found as JSON.
 */
export async function check(environment: NodeJS.ProcessEnv): Promise<string> {
  const found = await findPrograms();
  for (const name of ["ffmpeg", "ffprobe"] as const) {
    const program = found[name];
    if (!program) throw new InputError(`${name} wasn't found: ${remedy("missing", name)}`);
    assertSupported(program, name);
  }
  // All jobs are checked, whatever their images: on this machine they have the same ffmpeg.
  if (environment[LADDER_VARIABLE] !== undefined) await assertMet(needsOfPlan(plainPlan(readLadder(environment))));
  return `${JSON.stringify(found)}\n`;
}

/** Describes a video that needs nothing special and is large enough for every rendition. */
function plainPlan(ladder: Ladder): Plan {
  const side = Math.max(...ladder.renditions.map(({ height }) => height));
  const source: PlanSource = {
    ...{ uri: "", bytes: 1, etag: "", timeBase: [1, 25], videoStream: 0, audioStreams: [{ stream: 1, channels: 2 }] },
    ...{ durationSeconds: 1, frames: 25, frameRate: [25, 1], width: side, height: side },
  };
  return makePlan(source, { keyframes: [0], frames: [25], end: 25 }, ladder);
}
