import type { ExitRule } from "../api/configuration";

/** The properties of a failed attempt that the rules check. */
export interface ExitFacts {
  exitCode?: number;
  /** The container's reason. Absent if the process simply exited. */
  reason?: string;
  statusReason: string;
}

/**
 * Whether to retry after a failed attempt, if attempts are left. The first matching rule decides. **If no rule matches, the job
 * is retried**, as in the service. An absent property matches only `*`, so `onReason: "*"` is the usual last rule.
 */
export function shouldRetry(rules: readonly ExitRule[], facts: ExitFacts): boolean {
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
