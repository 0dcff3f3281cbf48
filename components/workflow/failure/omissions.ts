import type { SucceedState } from "../asl/states";
import { failureDescription } from "./catchers";
import { expression } from "../jsonata/code";
import { withSentence } from "./readCause";

/** All that are missing have to fit into one notice. */
export const LONGEST_CAUSE_GIVEN_UP = 500;

/** Ends only the branch, whose output says what is missing, and why. `missing` is code of members. */
export function omitBranch(missing: string): SucceedState {
  const cause = withSentence("$lost.cause", "$states.input.sentence", LONGEST_CAUSE_GIVEN_UP);
  const told = `$exists($states.input.sentence) ? {'cause': ${cause}} : {}`;
  const lost = `$lost := ${failureDescription("$states.input", LONGEST_CAUSE_GIVEN_UP)};`;
  return { Type: "Succeed", Output: expression(`(${lost} $merge([{${missing}}, $lost, ${told}]))`) };
}
