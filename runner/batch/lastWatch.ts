import { spawn, type ChildProcessByStdio } from "node:child_process";
import type { Writable } from "node:stream";

/**
 * Learns whom to watch, and waits for a word of farewell. If this process ends without it, as with SIGKILL, what it had started
 * has to end too: first in its own way, then at once.
 */
const WATCH = `
read -r group || { rm -rf -- "$1"; exit; }
read -r farewell && exit
kill -s TERM -- "-$group" 2>/dev/null && sleep 2
kill -s KILL -- "-$group" 2>/dev/null
rm -rf -- "$1"
`;

/**
 * Sees to it that a job does not outlive the process that runs it, whatever becomes of that. Nobody else can: the kernel
 * ends no children, and a job may be any program. It is a shell outside of the group and the session of both, and is there
 * before the job is.
 */
export class LastWatch {
  readonly #shell: ChildProcessByStdio<Writable, null, null>;

  /** @param scratch The job's folder for temporary files. */
  constructor(scratch: string) {
    this.#shell = spawn("/bin/sh", ["-c", WATCH, "sh", scratch], {
      detached: true,
      stdio: ["pipe", "ignore", "ignore"],
    });
    // Without a shell there is no watch, and the job goes on all the same.
    this.#shell.on("error", () => undefined);
    this.#shell.stdin.on("error", () => undefined);
    this.#shell.unref();
  }

  /** @param group The job's process group. Absent when it could not be started. */
  begin(group: number | undefined): void {
    if (group === undefined) this.#shell.stdin.end();
    else this.#shell.stdin.write(`${group}\n`);
  }

  /** The job is over. */
  end(): void {
    if (!this.#shell.stdin.writableEnded) this.#shell.stdin.end("farewell\n");
  }
}
