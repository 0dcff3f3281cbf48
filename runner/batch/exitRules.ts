import type { ExitRule } from "./configuration";

/** What the rules look at after a failed attempt. */
export interface ExitFacts {
  exitCode?: number;
  /** The container's reason, absent when it just ended. */
  reason?: string;
  statusReason: string;
}

/**
 * Whether a failed attempt is followed by another one, attempts permitting: the first rule that matches decides. **No rule
 * matching means retry**, as in the service. A fact that is absent matches `*` only, which makes `onReason: "*"` the usual
 * last rule.
 */
export function retriesAfter(rules: readonly ExitRule[], facts: ExitFacts): boolean {
  const rule = rules.find(
    ({ onExitCode, onReason, onStatusReason }) =>
      matches(onExitCode, facts.exitCode?.toString()) &&
      matches(onReason, facts.reason) &&
      matches(onStatusReason, facts.statusReason),
  );
  return rule?.action !== "EXIT";
}

function matches(glob: string | undefined, value = ""): boolean {
  if (glob === undefined) return true;
  return glob.endsWith("*") ? value.startsWith(glob.slice(0, -1)) : value === glob;
}
