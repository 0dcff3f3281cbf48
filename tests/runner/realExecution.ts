import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { BatchService } from "../../runner/batch/service";
import { LocalLauncher } from "../../runner/batch/launchers/localLauncher";
import { SystemClock } from "../../runner/clock/clock";
import { FailingLauncher } from "../../runner/faults/failingLauncher";
import { parseFaults } from "../../runner/faults/fault";
import { Faults } from "../../runner/faults/faults";
import { stepsOf } from "../../runner/faults/steps";
import { taskHandlers } from "../../runner/integrations/resources";
import { execute, type ExecutionResult } from "../../runner/stateMachine/execution";
import { readDeployment } from "../../runner/synthesis/deployment";
import type { Synthesis } from "../../runner/synthesis/synthesis";

export interface RealRun {
  result: ExecutionResult;
  /** The steps whose jobs were submitted. */
  submitted: string[];
}

/** An execution with the real worker and ffmpeg, and its redrives. */
export class RealExecution {
  #last?: ExecutionResult;
  #redrives = 0;

  constructor(
    private readonly synthesis: Synthesis,
    private readonly workerBundle: string,
    private readonly files: { clip: string; folder: string },
  ) {}

  get output(): string {
    return join(this.files.folder, "output");
  }

  /** Starts it, or redrives it if it failed. */
  async run(fail: string[] = []): Promise<RealRun> {
    const { clip, folder } = this.files;
    await mkdir(this.output, { recursive: true });
    const { stateMachine, batch: configuration } = readDeployment(this.synthesis);
    const { definition, ...machine } = stateMachine;
    const clock = new SystemClock();
    const logs = join(folder, "logs");
    const faults = new Faults({ faults: parseFaults(fail, stepsOf(definition)), stop: () => undefined });
    const local = new LocalLauncher({ logs, clock, workerBundle: this.workerBundle });
    const launcher = new FailingLauncher(local, faults, logs);
    const batch = new BatchService({ configuration, launcher, clock, faultInjector: faults });
    const submitted: string[] = [];
    const handlers = taskHandlers({
      ...{ batch, clock },
      onSubmitted: ({ JobId }, visit) => {
        submitted.push(visit.state);
        faults.recordJob(JobId, visit.state);
      },
    });
    const checkpoint = this.#last?.checkpoint;
    const input = { input: `file://${clip}`, output: `file://${this.output}` };
    this.#last = await execute(definition, input, {
      ...{ handlers: faults.wrapHandlers(handlers), clock, stateMachine: machine, name: "one" },
      ...(checkpoint ? { redrive: { checkpoint, count: ++this.#redrives, startTime: clock.now() } } : {}),
    });
    return { result: this.#last, submitted };
  }
}
