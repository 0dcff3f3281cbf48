import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";

import { PRINT_EVENTS_VARIABLE } from "../../../contract/videoEvents";
import { type Clock, ifAborted } from "../../clock/clock";
import { AttemptLog } from "./attemptLog";
import { baseEnvironment } from "./baseEnvironment";
import { killGroup } from "./killGroup";
import { MemoryMeter } from "./memoryMeter";
import { Watchdog } from "./watchdog";
import type { Launch, Launcher, ProcessEnd, RunningProcess } from "./launcher";

export interface LocalLauncherOptions {
  /** Folder of the log files. */
  logs: string;
  clock: Clock;
  /** The worker's bundle for Node.js, which replaces the command word `worker`. */
  workerBundle?: string;
  /** Region of this machine for jobs, instead of the one in their definitions. */
  region?: string;
}

/** Pipes that outlive the process are closed after this time, because a process that left the group can still hold them. */
const DRAIN_MS = 1_000;

/**
 * Runs jobs as local processes. An attempt is a separate process group, like a container: when its first process ends, the others
 * are killed, and when the runner ends, the whole group is killed. Commands run without a shell. The environment contains little
 * besides the job's variables. Each attempt gets an empty folder for temporary files, which is deleted at the end.
 */
export class LocalLauncher implements Launcher {
  readonly #running = new Set<ChildProcess>();
  readonly #memory = new MemoryMeter();

  constructor(private readonly options: LocalLauncherOptions) {}

  launch(launch: Launch): RunningProcess {
    let log: AttemptLog;
    let scratch: string;
    try {
      log = new AttemptLog(this.options.logs, launch);
      scratch = mkdtempSync(join(tmpdir(), "video-batch-job-"));
    } catch (error) {
      return { ended: Promise.resolve(failedStart((error as Error).message)), kill: () => undefined };
    }
    const [executable, ...args] = this.#command(launch.command);
    const { region } = this.options;
    const watchdog = new Watchdog(scratch, (reason) =>
      log.note(`This job has no watchdog and keeps running if the runner is killed: ${reason}.`),
    );
    const child = spawn(executable, args, {
      detached: true,
      shell: false,
      stdio: ["ignore", "pipe", "pipe"],
      cwd: scratch,
      env: {
        ...{ ...baseEnvironment(), TMPDIR: scratch, [PRINT_EVENTS_VARIABLE]: "1", ...launch.environment },
        ...(region === undefined ? {} : { AWS_REGION: region }),
      },
    });
    watchdog.watch(child.pid);
    this.#running.add(child);
    child.stdout.on("data", (data: Buffer) => log.stdout(data));
    child.stderr.on("data", (data: Buffer) => log.stderr(data));
    const ended = this.#end(child, executable, log).finally(() => {
      watchdog.release();
      rmSync(scratch, { recursive: true, force: true });
    });
    return { log: log.path, ended, kill: (signal) => killGroup(child, signal) };
  }

  /** Kills all processes immediately. The promises of `launch` still resolve. */
  killAll(): void {
    for (const child of this.#running) killGroup(child, "SIGKILL");
  }

  #command(command: readonly string[]): [string, ...string[]] {
    const [first = "", ...rest] = command;
    if (first !== "worker" || !this.options.workerBundle) return [first, ...rest];
    return [process.execPath, this.options.workerBundle, ...rest];
  }

  async #end(child: ChildProcess, executable: string, log: AttemptLog): Promise<ProcessEnd> {
    const { promise, drained } = watchExit(child);
    const peakMemory = this.#memory.watch(child.pid);
    try {
      const exit = await promise;
      const peakMemoryMiB = peakMemory();
      killGroup(child, "SIGKILL");
      await this.#drain(drained);
      child.stdout?.destroy();
      child.stderr?.destroy();
      return {
        exitCode: exit,
        started: true,
        ...log.close(),
        ...(peakMemoryMiB === undefined ? {} : { peakMemoryMiB }),
      };
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      const missing = code === "ENOENT" ? `"${executable}" is not an executable on this machine's PATH.` : message;
      log.note(`CannotStartContainerError: ${missing}`);
      log.close();
      return failedStart(missing);
    } finally {
      this.#running.delete(child);
      peakMemory();
    }
  }

  async #drain(drained: Promise<void>): Promise<void> {
    const timer = new AbortController();
    const longest = this.options.clock.sleep(DRAIN_MS, timer.signal);
    await Promise.race([drained, longest.catch(ifAborted(timer.signal, undefined))]);
    timer.abort();
  }
}

/** The exit code, which is 128 + n after signal n as in a container, and the end of the output. */
function watchExit(child: ChildProcess): { promise: Promise<number>; drained: Promise<void> } {
  const promise = new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve(code ?? 128 + constants.signals[signal as NodeJS.Signals]));
  });
  const drained = new Promise<void>((resolve) => child.once("close", () => resolve()));
  return { promise, drained };
}

/** A shell also exits with 127 if it cannot find a command. */
function failedStart(message: string): ProcessEnd {
  return { exitCode: 127, reason: `CannotStartContainerError: ${message}`, started: false };
}
