import type { Ladder } from "../../contract/plan";
import { LADDER_VARIABLE } from "../../contract/plan";
import { shortenText } from "../../contract/shortenText";
import { InputError } from "../errors/errors";

/** Reads the ladder from the job's environment. The component validated it; only what the worker relies on is checked again. */
export function readLadder(environment: NodeJS.ProcessEnv): Ladder {
  const text = environment[LADDER_VARIABLE];
  if (!text)
    throw new InputError(`The environment variable ${LADDER_VARIABLE} must hold the ladder as JSON. It isn't set.`);
  let ladder: Partial<Ladder>;
  try {
    ladder = JSON.parse(text) as Partial<Ladder>;
  } catch {
    throw new InputError(`${LADDER_VARIABLE} must hold the ladder as JSON. Received ${shortenText(text, 40)}.`);
  }
  const missing = (["renditions", "parts", "audio", "chunkSeconds", "segmentSeconds", "gopSeconds"] as const).filter(
    (member) => ladder[member] === undefined,
  );
  if (missing.length > 0) throw new InputError(`${LADDER_VARIABLE} lacks ${missing.join(", ")}.`);
  for (const { name } of ladder.renditions ?? []) {
    if (!/^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(name) || /^audio(?:-\d+)?$/i.test(name)) {
      throw new InputError(
        `A rendition's name must be letters, digits, - and _, and not "audio" or "audio-2". Received ${JSON.stringify(name)}.`,
      );
    }
  }
  if (ladder.renditions?.length === 0) throw new InputError(`${LADDER_VARIABLE} must have at least one rendition.`);
  return ladder as Ladder;
}
