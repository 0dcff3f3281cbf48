import { AttemptLog } from "../batch/launchers/attemptLog";
import type { Launch, Launcher, RunningProcess } from "../batch/launchers/launcher";
import type { Faults } from "./faults";

/** Fails the attempts for which a fault sets an exit code, and logs that. Another launcher runs all other attempts. */
export class FailingLauncher implements Launcher {
  constructor(
    private readonly launcher: Launcher,
    private readonly faults: Faults,
    private readonly logs: string,
  ) {}

  launch(launch: Launch): RunningProcess {
    const { jobId, arrayIndex, attempt } = launch;
    const [parentId] = jobId.split(":");
    const fault = this.faults.exitFault({ id: jobId, parentId, arrayIndex }, attempt);
    if (!fault) return this.launcher.launch(launch);
    const log = new AttemptLog(this.logs, launch);
    log.stderr(Buffer.from(`--fail ${fault.text} ended this attempt with exit code ${fault.exitCode}.\n`));
    const ended = Promise.resolve({ exitCode: fault.exitCode, started: true, ...log.close() });
    return { log: log.path, ended, kill: () => undefined };
  }
}
