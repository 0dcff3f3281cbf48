import type { ProgramExit } from "./failure";
import { failureError, isTransient } from "./failure";
import { readInventory } from "./inventory";
import { logError } from "../errors/log";
import { findMissingFeatures, missingFeaturesError } from "./missingFeatures";
import { needsOf } from "./needs";
import type { RunningProgram } from "./run";

/** What ffmpeg 5 and later versions print for a missing decoder. */
const NO_DECODER = /\(codec (\w+)\) not found for input|no decoder found for: (\w+)/;

/**
 * Explains why a run of ffmpeg failed. Whether it was built without something shows from its inventory, since every version words that
 * error differently and names only one thing at a time. ffmpeg notices before it encodes anything.
 */
export async function explainFailure(program: RunningProgram, subject: string, exit: ProgramExit): Promise<Error> {
  const apparent = failureError(subject, exit);
  if (program.name !== "ffmpeg" || exit.signal || isTransient(exit.stderr)) return apparent;
  const decoders =
    NO_DECODER.exec(exit.stderr)
      ?.slice(1)
      .filter((name) => name !== undefined) ?? [];
  const inventory = await readInventory().catch((error: unknown) => {
    logError("The encoders, decoders and filters of this ffmpeg could not be listed", error);
  });
  const missing = inventory ? findMissingFeatures(inventory, { ...needsOf(program.args), decoders }) : [];
  return missing.length > 0 ? missingFeaturesError(missing) : apparent;
}
