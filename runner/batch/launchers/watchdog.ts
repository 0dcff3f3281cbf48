import { spawn, type ChildProcessByStdio } from "node:child_process";
import type { Writable } from "node:stream";

/**
 * Reads the process group to watch, then waits for another line. If its stdin closes without that line, because the runner was
 * killed, it ends the group: first with SIGTERM, then with SIGKILL. If the runner was killed before it could name the group, the job is what
 * works in the folder, as Linux shows.
 */
const SCRIPT = `
end() {
  kill -s TERM -- "-$1" 2>/dev/null && sleep 2
  kill -s KILL -- "-$1" 2>/dev/null
}
if read -r group; then
  read -r released && exit
  end "$group"
else
  sleep 1
  folder=$(cd -- "$1" && pwd -P) || exit
  for process in /proc/[0-9]*; do
    [ "$(readlink "$process/cwd")" = "$folder" ] && end "\${process#/proc/}"
  done
fi
rm -rf -- "$1"
`;

/**
 * Ensures that a job does not outlive the runner, even if the runner is killed. The kernel does not end child processes, and a job
 * can be any program. The watchdog is a shell outside the process groups and sessions of both, and starts before the job.
 */
export class Watchdog {
  readonly #shell: ChildProcessByStdio<Writable, null, null>;

  /**
   * @param scratch The job's folder for temporary files.
   * @param onLost Is called with the reason if there is no watchdog, or no longer. The job runs without one.
   */
  constructor(scratch: string, onLost: (reason: string) => void, shell = "/bin/sh") {
    this.#shell = spawn(shell, ["-c", SCRIPT, "sh", scratch], {
      detached: true,
      stdio: ["pipe", "ignore", "ignore"],
    });
    this.#shell.on("error", ({ message }) => onLost(message));
    this.#shell.stdin.on("error", ({ message }) => onLost(message));
    this.#shell.unref();
  }

  /** @param group The job's process group. Absent if the job could not be started. */
  watch(group: number | undefined): void {
    if (group === undefined) this.#shell.stdin.end();
    else this.#shell.stdin.write(`${group}\n`);
  }

  /** Ends the watchdog, because the job has ended. */
  release(): void {
    if (!this.#shell.stdin.writableEnded) this.#shell.stdin.end("released\n");
  }
}
