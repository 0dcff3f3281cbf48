import { badForm, type Form } from "../rules/forms";
import { outOfRange, outOfRanges } from "../rules/numbers";
import { type Problem, when } from "../rules/problem";
import type { FairShare } from "./args";
import { FAIR_SHARE_LIMITS, SHARE_LIMITS } from "./limits";

/** The limit of active shares per queue. */
const MOST_SHARES = 500;

const DEFAULT_SHARE: Form = {
  pattern: /^[A-Za-z0-9]{1,255}$/,
  rule: "must be 1 to 255 letters and digits",
  remedy:
    "A fair-share queue rejects jobs without a share: name the share of executions that name none, for example standard.",
};
const IDENTIFIER: Form = {
  pattern: /^[A-Za-z0-9]{1,255}\*?$/,
  rule: "must be 1 to 255 letters and digits, and may end with *",
  remedy: "Use a value such as customer7 or customer*.",
};

export function checkFairShare(fairShare: FairShare | undefined, path: string): Problem[] {
  if (!fairShare) return [];
  const { defaultShare, shares = [] } = fairShare;
  const list = `${path}.shares`;
  return [
    ...badForm(`${path}.defaultShare`, defaultShare, DEFAULT_SHARE),
    ...when(shares.length > MOST_SHARES, {
      path: list,
      rule: `must have at most ${MOST_SHARES} entries`,
      received: shares.length,
      remedy: "Use prefixes that end with *.",
    }),
    ...outOfRanges(path, fairShare, FAIR_SHARE_LIMITS),
    ...shares.flatMap(({ identifier, weight }, index) => [
      ...badForm(`${list}[${index}].identifier`, identifier, IDENTIFIER),
      ...outOfRange(`${list}[${index}].weight`, weight, SHARE_LIMITS.weight),
      ...overlaps(`${list}[${index}].identifier`, identifier, list, shares.slice(0, index)),
    ]),
  ];
}

function overlaps(path: string, own: string, list: string, earlier: { identifier: string }[]): Problem[] {
  const at = earlier.findIndex(({ identifier }) => overlap(identifier, own));
  return when(at >= 0, {
    path,
    rule: `must not overlap with ${list}[${at}].identifier, which is ${earlier[at]?.identifier}`,
    received: own,
    remedy: "Batch allows one weight for each share: remove one of them.",
  });
}

function overlap(a: string, b: string): boolean {
  const covers = (prefix: string, text: string): boolean =>
    prefix.endsWith("*") ? text.startsWith(prefix.slice(0, -1)) : prefix === text;
  return covers(a, b) || covers(b, a);
}
