import type { Ladder } from "../../contract/plan";
import { LADDER_VARIABLE } from "../../contract/plan";

/** Gives the jobs of a suite their ladder, as the job definition does. */
export function useLadder(ladder: Ladder): void {
  let earlier: string | undefined;
  before(() => {
    earlier = process.env[LADDER_VARIABLE];
    process.env[LADDER_VARIABLE] = JSON.stringify(ladder);
  });
  after(() => {
    if (earlier === undefined) delete process.env[LADDER_VARIABLE];
    else process.env[LADDER_VARIABLE] = earlier;
  });
}
