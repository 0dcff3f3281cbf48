import { LADDER_VARIABLE, type Ladder } from "../contract/plan";
import { readDeployment } from "../runner/synthesis/deployment";
import type { Synthesis } from "../runner/synthesis/synthesis";

/** The ladder that the program's metadata job gets. */
export function ladderOf(synthesis: Synthesis): Ladder {
  const ladder = readDeployment(synthesis)
    .batch.jobDefinitions.map(({ environment }) => environment[LADDER_VARIABLE])
    .find((value) => value !== undefined);
  if (ladder === undefined) throw new Error("No job definition of the program carries a ladder.");
  return JSON.parse(ladder) as Ladder;
}
