import { join } from "node:path";

import type { Launch, RunningProcess } from "../../runner/batch/launchers/launcher";
import { ScriptedLauncher } from "../../runner/batch/launchers/scriptedLauncher";
import type { VirtualClock } from "../../runner/clock/clock";
import { type Fault, parseFaults } from "../../runner/faults/fault";
import { stepsOf } from "../../runner/faults/steps";
import { readDeployment } from "../../runner/synthesis/deployment";
import { saveFailureReason } from "../../worker/output/failure";
import { S3Storage } from "../../worker/storage/s3";
import { PlayedWorker, rehearse, type Rehearsal } from "../runner/faults/rehearsal";
import { BUCKET, type LoopbackS3 } from "./loopback";

export const SENTENCE = "The disk is full.";

/** Where the worker of a rehearsal finds what it needs, besides the clock. */
interface Surroundings {
  s3: LoopbackS3;
  /** Folder of the rehearsal. */
  folder: string;
  /** The output's prefix, with the slash. */
  prefix: string;
  /** Which attempts fail. */
  faults: Fault[];
}

/** The worker's part in the contract, in S3. When it fails, it leaves its sentence there, as the worker does it. */
class WorkerInS3 extends PlayedWorker {
  readonly #storage: S3Storage;
  readonly #failing: ScriptedLauncher;

  constructor(
    private readonly clock: VirtualClock,
    private readonly at: Surroundings,
    secondsOf?: (launch: Launch) => number,
  ) {
    super(clock, join(at.folder, "played"), secondsOf);
    this.#storage = new S3Storage(at.s3.client);
    this.#failing = new ScriptedLauncher(clock, (launch) => {
      return { seconds: 1, exitCode: this.#faultOf(launch)?.exitCode ?? 1, lastErrorLine: SENTENCE };
    });
  }

  override launch(launch: Launch): RunningProcess {
    const fault = this.#faultOf(launch);
    if (!fault) return super.launch(launch);
    this.running += 1;
    const process = this.#failing.launch(launch);
    const ended = process.ended.then(async (end) => {
      const output = { storage: this.#storage, prefix: `s3://${BUCKET}/${this.at.prefix}` };
      this.running -= 1;
      // One that is stopped says nothing.
      if (end.exitCode === fault.exitCode) {
        await this.clock.during(saveFailureReason(output, { AWS_BATCH_JOB_ID: launch.jobId }, SENTENCE));
      }
      return end;
    });
    const name = [launch.jobName, launch.arrayIndex, launch.attempt].filter((part) => part !== undefined).join("-");
    return { ...process, ended, log: join(this.at.folder, "out", "logs", `${name}.log`) };
  }

  /** What others read is in S3. What only this worker reads stays on the disk. */
  protected override async leave(name: string, content: unknown): Promise<void> {
    await super.leave(name, content);
    if (!name.endsWith(".json")) return;
    await this.clock.during(this.#storage.write(`s3://${BUCKET}/${this.at.prefix}${name}`, JSON.stringify(content)));
  }

  #faultOf({ jobName, attempt, arrayIndex = 0 }: Launch): Fault | undefined {
    const job = jobName.replace(/^videos-/, "");
    return this.at.faults.find(
      ({ step, attempts, chunk = arrayIndex }) =>
        step.replace(" ", "") === job && attempt >= attempts.from && attempt <= attempts.to && chunk === arrayIndex,
    );
  }
}

let rehearsals = 0;

/** Rehearses with the video and the output in S3. An attempt that is to fail with an exit code is the worker's failure. */
export function rehearseIn(s3: LoopbackS3): typeof rehearse {
  return (synthesis, fail, more): Promise<Rehearsal> => {
    const steps = stepsOf(readDeployment(synthesis).stateMachine.definition);
    const faults = parseFaults(fail, steps);
    const ofWorker = faults.filter(({ kind }) => kind === "exit");
    const others = faults.filter(({ kind }) => kind !== "exit");
    const prefix = `out/${++rehearsals}/`;
    return rehearse(
      synthesis,
      others.map(({ text }) => text),
      more,
      (folder, clock, secondsOf) => ({
        video: `s3://${BUCKET}/clip.mp4`,
        output: `s3://${BUCKET}/${prefix}`,
        launcher: new WorkerInS3(clock, { s3, folder, prefix, faults: ofWorker }, secondsOf),
        listFiles: () => s3.list(prefix),
      }),
    );
  };
}
