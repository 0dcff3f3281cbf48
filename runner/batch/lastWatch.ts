import { spawn } from "node:child_process";

/**
 * Waits for a word of farewell. If this process ends without it, as with SIGKILL, what it had started has to end too: first in
 * its own way, then at once.
 */
const WATCH = `
read -r farewell && exit
kill -s TERM -- "-$1" 2>/dev/null && sleep 2
kill -s KILL -- "-$1" 2>/dev/null
rm -rf -- "$2"
`;

/**
 * Sees to it that a job does not outlive the process that runs it, whatever becomes of that. Nobody else can: the kernel
 * ends no children, and a job may be any program. It is a shell outside of the group and the session of both.
 *
 * @param group The job's process group.
 * @param scratch Its folder for temporary files.
 * @returns What ends the watch: the job is over.
 */
export function watchOver(group: number, scratch: string): () => void {
  const watch = spawn("/bin/sh", ["-c", WATCH, "sh", String(group), scratch], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  // Without a shell there is no watch, and the job goes on all the same.
  watch.on("error", () => undefined);
  watch.stdin.on("error", () => undefined);
  watch.unref();
  return () => watch.stdin.end("farewell\n");
}
