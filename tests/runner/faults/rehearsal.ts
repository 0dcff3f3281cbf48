import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";

import type { VideoBatchPipelineArgs } from "../../../index";
import type { Launch, Launcher, RunningProcess } from "../../../runner/batch/launchers/launcher";
import { ScriptedLauncher } from "../../../runner/batch/launchers/scriptedLauncher";
import { VirtualClock } from "../../../runner/clock/clock";
import type { Damage } from "../../../contract/damage";
import { damageReport } from "../../../contract/damageReport";
import { MISSING_WORK } from "../../../contract/jobs";
import type { Missing } from "../../../contract/manifest";
import type { Order } from "../../../contract/order";
import { outputs } from "../../../contract/outputs";
import type { RunRecord } from "../../../contract/run";
import type { RunOptions } from "../../../runner/run";
import { runPipeline } from "../../../runner/run";
import type { Synthesis } from "../../../runner/synthesis/synthesis";
import { IMAGE, synthesisePipeline } from "../../support/pipeline";

/** Two renditions in two parts of which the second has three chunks, with sound. */
export const ARGS: VideoBatchPipelineArgs = {
  image: IMAGE,
  renditions: [
    { name: "720p", height: 720 },
    { name: "480p", height: 480 },
  ],
};

const CHUNKS = [1, 3];

/** The pieces of work of each step. */
const PIECES = new Map<string, string[]>([
  ["Extract Features", ["features"]],
  ...["720p", "480p"].flatMap((name) =>
    CHUNKS.map((chunks, index): [string, string[]] => [
      `Transcode_${name}-${index + 1}`,
      Array.from({ length: chunks }, (_, chunk) => pieceName(name, index + 1, chunk)),
    ]),
  ),
  ["Transcode_audio", ["audio"]],
]);

function pieceName(rendition: string, part: number | string, chunk: number): string {
  return `${rendition}-${part}-${chunk}`;
}

export interface Rehearsal {
  record: RunRecord;
  /** Jobs by the step that submitted them. */
  jobsOf: (step: string) => RunRecord["jobs"];
  notices: Record<string, unknown>[];
  /** Whether an output says that it is complete. */
  hasManifest: boolean;
  /** All files of the output. */
  files: string[];
  /** Attempts that never ended. */
  left: number;
  /** The commands of all attempts that were really started. */
  commands: string[][];
}

const evaluated = new Map<string, Promise<Synthesis>>();
let queue: Promise<unknown> = Promise.resolve();

/** Evaluates a program once for many runs, and one at a time. */
export function synthesised(args: VideoBatchPipelineArgs = ARGS): Promise<Synthesis> {
  const key = JSON.stringify(args);
  const synthesis = evaluated.get(key) ?? queue.then(() => synthesisePipeline(args));
  evaluated.set(key, synthesis);
  queue = synthesis;
  return synthesis;
}

export type RehearsalOptions = Partial<RunOptions> & { secondsOf?: (launch: Launch) => number };

/** What a rehearsal needs in a place. */
export interface Stage extends Pick<RunOptions, "video" | "output"> {
  launcher: PlayedWorker;
  /** All files of the output. */
  listFiles: () => string[] | Promise<string[]>;
}

/** Where the video and the output of a rehearsal are, apart from the folder of its run. */
export type Place = (folder: string, clock: VirtualClock, secondsOf?: (launch: Launch) => number) => Stage;

const onDisk: Place = (folder, clock, secondsOf) => {
  const [video, output] = [join(folder, "clip.mp4"), join(folder, "out", "output")];
  writeFileSync(video, "video");
  return { video, launcher: new PlayedWorker(clock, output, secondsOf), listFiles: () => filesIn(output) };
};

/** Runs the pipeline on the virtual clock. Its jobs take ten seconds each and leave what the worker leaves for the others. */
export async function rehearse(
  synthesis: Synthesis,
  fail: readonly string[],
  more: RehearsalOptions = {},
  place: Place = onDisk,
): Promise<Rehearsal> {
  const folder = mkdtempSync(join(tmpdir(), "rehearsal-"));
  const outDir = join(folder, "out");
  const clock = new VirtualClock(Date.UTC(2026, 0, 1));
  const { launcher, listFiles, ...where } = place(folder, clock, more.secondsOf);
  try {
    const record = await runPipeline({
      synthesis,
      ...where,
      outDir,
      clock,
      launcher,
      fail,
      random: () => 0.5,
      ...more,
    });
    const files = await listFiles();
    return {
      record,
      jobsOf: (step) => record.jobs.filter(({ state }) => state === step),
      notices: record.notifications.map(({ message }) => JSON.parse(message) as Record<string, unknown>),
      hasManifest: files.includes(outputs.manifest),
      files,
      left: launcher.running,
      commands: launcher.commands,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.flatMap((entry) => (entry.isFile() ? relative(folder, join(entry.parentPath, entry.name)) : []));
}

/**
 * The worker's part in the contract: an order after metadata, a manifest after packaging, and only when they succeed. What is done is
 * neither ordered nor done again, whoever did it.
 */
export class PlayedWorker implements Launcher {
  running = 0;
  /** What packaging finds to be damaged. */
  damage: Damage[] = [];
  readonly commands: string[][] = [];
  /** The pieces of work that jobs of this worker did. */
  readonly done: string[] = [];
  readonly #scripted: ScriptedLauncher;

  constructor(
    clock: VirtualClock,
    private readonly output: string,
    secondsOf: (launch: Launch) => number = () => 10,
    private readonly fingerprint = "0a1b",
  ) {
    this.#scripted = new ScriptedLauncher(clock, (launch) => ({
      seconds: this.#isDone(pieceOf(launch)) ? 0 : secondsOf(launch),
      ...(this.#lacksWork(launch) ? { exitCode: MISSING_WORK, lastErrorLine: "A chunk is missing." } : {}),
    }));
  }

  launch(launch: Launch): RunningProcess {
    this.running += 1;
    this.commands.push(launch.command);
    const piece = pieceOf(launch);
    const wasDone = this.#isDone(piece);
    const process = this.#scripted.launch(launch);
    const ended = process.ended.then(async (end) => {
      this.running -= 1;
      if (end.exitCode !== 0) return end;
      const [program, command] = launch.command;
      if (program === "worker" && command === "metadata") await this.#writeOrder(launch.jobId);
      if (program === "worker" && command === "package") {
        await this.leave(outputs.manifest, {});
        await this.leave(outputs.damage(launch.jobId), damageReport(this.damage));
      }
      if (piece !== undefined && !wasDone) {
        this.done.push(piece);
        await this.leave(this.#markOf(piece), {});
      }
      return end;
    });
    return { ...process, ended };
  }

  /** Whether packaging finds something missing, besides what it has to leave out. */
  #lacksWork({ command: [program, name, ...options] }: Launch): boolean {
    if (program !== "worker" || name !== "package") return false;
    const given = options.includes("--missing") ? options[options.indexOf("--missing") + 1] : undefined;
    const { renditions } = JSON.parse(given ?? '{"renditions":[]}') as Missing;
    const encoded = [...PIECES.values()].flat().filter((piece) => piece !== "features");
    const wanted = encoded.filter((piece) => !renditions.some((rendition) => piece.startsWith(`${rendition}-`)));
    return wanted.some((piece) => !this.#isDone(piece));
  }

  #isDone(piece: string | undefined): boolean {
    return piece !== undefined && existsSync(join(this.output, this.#markOf(piece)));
  }

  #markOf(piece: string): string {
    return `work/played/${this.fingerprint}/${piece}`;
  }

  async #writeOrder(job: string): Promise<void> {
    const todo = [...PIECES].flatMap(([step, pieces]) => (pieces.every((piece) => this.#isDone(piece)) ? [] : step));
    const plan = { path: "plan.json", fingerprint: this.fingerprint };
    const order: Order = { version: 1, plan, chunks: CHUNKS, renditions: 2, todo };
    await this.leave(outputs.order(job), order);
  }

  protected leave(name: string, content: unknown): Promise<void> {
    mkdirSync(dirname(join(this.output, name)), { recursive: true });
    writeFileSync(join(this.output, name), JSON.stringify(content));
    return Promise.resolve();
  }
}

/** The piece of work of a job, if it is one of the worker's. */
function pieceOf({ command, arrayIndex = 0 }: Launch): string | undefined {
  const [program, name] = command;
  if (program !== "worker" || name === undefined) return undefined;
  if (name !== "transcode") return name === "features" || name === "audio" ? name : undefined;
  const valueOf = (option: string): string => command[command.indexOf(option) + 1] as string;
  return pieceName(valueOf("--rendition"), valueOf("--part"), arrayIndex);
}
