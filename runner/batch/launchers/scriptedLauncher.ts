import type { Clock } from "../../clock/clock";
import type { Launch, Launcher, ProcessEnd, RunningProcess } from "./launcher";

/** The simulated outcome and duration of an attempt. */
export interface Script {
  seconds: number;
  /** Defaults to 0. */
  exitCode?: number;
  reason?: string;
  lastErrorLine?: string;
  /** Seconds between SIGTERM and the end. Defaults to 0. `Infinity` means that the process ignores SIGTERM. */
  secondsToStop?: number;
}

/** Simulates jobs instead of running them, for tests and estimates with a virtual clock. */
export class ScriptedLauncher implements Launcher {
  /** All launches, in order. */
  readonly launches: Launch[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly script: (launch: Launch) => Script,
  ) {}

  launch(launch: Launch): RunningProcess {
    this.launches.push(launch);
    const script = this.script(launch);
    let end: (end: ProcessEnd) => void;
    const ended = new Promise<ProcessEnd>((resolve) => (end = resolve));
    const own = new AbortController();
    const finish = (result: ProcessEnd): void => {
      own.abort();
      end(result);
    };
    this.#after(script.seconds, own.signal, () => {
      const { exitCode = 0, reason, lastErrorLine } = script;
      finish({ exitCode, reason, lastErrorLine, started: true });
    });
    return {
      ended,
      kill: (signal) => {
        const seconds = signal === "SIGKILL" ? 0 : (script.secondsToStop ?? 0);
        const exitCode = signal === "SIGKILL" ? 137 : 143;
        this.#after(seconds, own.signal, () => finish({ exitCode, started: true }));
      },
    };
  }

  #after(seconds: number, signal: AbortSignal, act: () => void): void {
    if (seconds === Infinity) return;
    this.clock.sleep(seconds * 1000, signal).then(act, () => undefined);
  }
}
