import { existsSync, readdirSync, readFileSync } from "node:fs";

import { until } from "./until";

/** Command lines of processes that name a path. Only Linux shows them without a tool. */
export function processesNaming(text: string): string[] {
  if (!existsSync("/proc/self/cmdline")) return [];
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .map((pid) => commandLine(pid))
    .filter((command) => command.includes(text));
}

/** Waits until no process names the path. */
export function noneNames(text: string): Promise<void> {
  return until(
    () => processesNaming(text).length === 0,
    () => `still there: ${processesNaming(text).join("; ")}`,
  );
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A killed process keeps its id until its parent waits for it.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

/** Waits until the process has ended. */
export function gone(pid: number): Promise<void> {
  return until(
    () => !isAlive(pid),
    () => `process ${pid} is still there`,
  );
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}
