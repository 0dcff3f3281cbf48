import { AUDIO_STATES, encodesRendition } from "../../../contract/states";
import { audioCodecOf } from "../../audio/codecs/audioCodecs";
import { completeRecord } from "../../audio/completeRecord";
import type { OwnedOutput } from "../../output/ownedOutput";
import { extendMaster } from "./master";
import { isInProgress } from "./publish";
import { extendRendition } from "./rendition";
import { GrowingSound } from "./sound";

/**
 * Makes playable what an execution has no jobs for, because earlier ones finished it: they may have ended before their last playlist, or
 * have published another master. Returns the names of the renditions that are playable from now on.
 *
 * @param todo The steps that have something to do.
 */
export async function publishFinished(output: OwnedOutput, todo: readonly string[]): Promise<string[]> {
  const { audio = [], renditions } = output.plan;
  if (!(await isInProgress(output))) return [];
  if (!todo.includes(AUDIO_STATES.transcode)) {
    for (const track of audio) {
      const record = await completeRecord(output, track);
      const growing = new GrowingSound(output, track.name, audioCodecOf(track).sampleRate);
      if (record) await growing.extend(record.segments, true);
    }
  }
  const finished = renditions.filter(
    ({ name, encodedWith = name }) => !todo.some((step) => encodesRendition(step, encodedWith)),
  );
  for (const { name } of finished) await extendRendition(output, name);
  return finished.length === 0 ? [] : extendMaster(output);
}
