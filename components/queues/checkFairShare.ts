import type { FairShareArgs } from "./args";
import { between, outOfRange, outOfRanges, whole } from "../rules/numbers";
import { type Problem, problem, when } from "../rules/problem";

/** A queue can't have more active shares than that. */
const MOST_SHARES = 500;

export function checkFairShare(fairShare: FairShareArgs | undefined, path: string): Problem[] {
  if (!fairShare) return [];
  const { defaultShare, shares = [] } = fairShare;
  return [
    ...when(typeof defaultShare !== "string" || !/^[A-Za-z0-9]{1,255}$/.test(defaultShare), () =>
      problem(
        `${path}.defaultShare`,
        "must be 1 to 255 letters and digits",
        defaultShare,
        "A fair-share queue takes no job without a share: name one for executions that don't, for example standard.",
      ),
    ),
    ...when(shares.length > MOST_SHARES, () =>
      problem(
        `${path}.shares`,
        `must have at most ${MOST_SHARES} entries`,
        shares.length,
        "Use prefixes that end with *.",
      ),
    ),
    ...outOfRanges(path, fairShare, {
      decaySeconds: whole(0, 604_800, "3600 is the default."),
      reservationPercent: whole(0, 99, "0 reserves nothing."),
    }),
    ...shares.flatMap(({ identifier, weight }, index) => [
      ...when(typeof identifier !== "string" || !/^[A-Za-z0-9]{1,255}\*?$/.test(identifier), () =>
        problem(
          `${path}.shares[${index}].identifier`,
          "must be 1 to 255 letters and digits, and may end with *",
          identifier,
          "Take for example customer7, or customer*.",
        ),
      ),
      ...outOfRange(`${path}.shares[${index}].weight`, weight, between(0.0001, 999.9999, "A lower weight gets more.")),
      ...overlaps(shares, index, path),
    ]),
  ];
}

function overlaps(shares: { identifier: string }[], index: number, path: string): Problem[] {
  const own = shares[index]?.identifier;
  const at = shares.findIndex(({ identifier }, other) => other < index && overlap(identifier, own));
  return when(at >= 0, () =>
    problem(
      `${path}.shares[${index}].identifier`,
      `must not overlap with ${path}.shares[${at}].identifier, which is ${shares[at]?.identifier}`,
      own,
      "Batch allows one weight for a share: remove one of the two.",
    ),
  );
}

function overlap(a: unknown, b: unknown): boolean {
  if (typeof a !== "string" || typeof b !== "string") return false;
  const covers = (prefix: string, text: string): boolean =>
    prefix.endsWith("*") ? text.startsWith(prefix.slice(0, -1)) : prefix === text;
  return covers(a, b) || covers(b, a);
}
