import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";

import { parseShortages, type Shortage } from "./batch/scheduling/capacity";
import type { Launcher } from "./batch/launchers/launcher";
import { LocalLauncher } from "./batch/launchers/localLauncher";
import { SpotReclaim } from "./batch/attempts/reclaim";
import { BatchService } from "./batch/service";
import type { Clock } from "./clock/clock";
import { SystemClock } from "./clock/clock";
import type { Deployment } from "./synthesis/deployment";
import { readDeployment } from "./synthesis/deployment";
import { readFunctions } from "./synthesis/functions";
import { checkVcpus } from "./synthesis/enoughVcpus";
import type { PipelineEvent } from "../contract/events";
import { executionNameFor } from "../contract/executionName";
import { FailingLauncher } from "./faults/failingLauncher";
import { parseFaults } from "./faults/fault";
import { Faults } from "./faults/faults";
import { STUCK_SECONDS } from "./faults/kinds";
import { stepsOf } from "./faults/steps";
import { taskHandlers } from "./integrations/resources";
import { findRegion } from "./integrations/s3Region";
import type { Answer } from "./integrations/sns";
import type { LocalFunction } from "./lambda/function";
import { LinkedAbort } from "./clock/linkedAbort";
import { localPrograms } from "./localPrograms";
import { logTail } from "./record/logTail";
import type { ProgramStart, Run, RunRecord } from "../contract/run";
import { RecordFile } from "./record/recordFile";
import { RecordKeeper } from "./record/recordKeeper";
import { keepEarlierRun, runStart } from "./record/resume";
import { prepareRunDirectory, resolveVideo, runDirectory } from "./record/runDirectory";
import { checkDefinition } from "./stateMachine/check";
import type { Json } from "../contract/asl";
import { execute } from "./stateMachine/execution";
import type { TaskHandlers } from "./stateMachine/task";
import type { Synthesis } from "./synthesis/synthesis";
import { checkS3Uri } from "../contract/s3Uri";
import { UsageError } from "../contract/usageError";

export interface RunOptions {
  synthesis: Synthesis;
  /** Path of the video, or its S3 URI. */
  video: string;
  /** Folder of the run: `output/`, `run.json`, `logs/`. */
  outDir: string;
  /** S3 prefix of the output, as `s3://bucket/prefix`. Defaults to `output/` in the folder of the run. */
  output?: string;
  /** The program, for the record. Absent for the component with its defaults. */
  program?: ProgramStart;
  /** The command line that was typed, for the record. */
  command?: string;
  /** The record of the earlier run in the folder that this run continues, from `interruptedRun`. */
  continues?: RunRecord;
  /** The worker's bundle for Node.js, which replaces the command word `worker`. */
  workerBundle?: string;
  /** Resource name or physical name of the state machine, required if the program has several. */
  stateMachine?: string;
  /** vCPUs of every compute environment, instead of the program's. */
  maxVcpus?: number;
  /** The share of the video that may be damaged, 0 to 1, instead of the program's. */
  maxDamagedShare?: number;
  /** Seconds after which queues with wait limits cancel the job at their head, instead of the program's. */
  waitLimitSeconds?: number;
  /** Compute environments without capacity, in the syntax of `--without-capacity`: `spot`, or `spot=20`. Defaults to none. */
  withoutCapacity?: readonly string[];
  /** Interrupts one running job once, as EC2 does when it reclaims a Spot Instance. Defaults to false. */
  reclaim?: boolean;
  /** Aborting it ends the run with status ABORTED once all processes are gone. If the reason is a string, it becomes the cause. */
  signal?: AbortSignal;
  /** Seconds between that abort and killing the processes. Defaults to 5. */
  abortGraceSeconds?: number;
  /** Is called with each event and the record after it. */
  onEvent?: (event: PipelineEvent, record: Run) => void;
  clock?: Clock;
  /** Runs the jobs. Defaults to local processes. */
  launcher?: Launcher;
  /** Failures to inject, in the syntax of `--fail`: `Transcode_720p-1:attempt=1`. Defaults to none. */
  fail?: readonly string[];
  /** Answers when the pipeline asks for approval. By default nobody answers, and the default answer applies when the time is up. */
  answer?: Answer;
  random?: () => number;
}

/**
 * Runs a program's pipeline on this machine and returns the record, even if the pipeline fails. Throws `UsageError` and
 * `UnsupportedDefinition` before it runs or writes anything.
 */
export async function runPipeline(options: RunOptions): Promise<RunRecord> {
  const { clock = new SystemClock(), workerBundle } = options;
  const video = resolveVideo(options.video);
  const directory = runDirectory(options.outDir);
  const deployment = readDeployment(options.synthesis, options);
  if (options.maxVcpus !== undefined) checkVcpus(deployment, options.maxVcpus);
  if (!options.launcher) requireWorker(deployment, workerBundle);
  if (options.maxDamagedShare !== undefined) requireDamagedShare(deployment);

  const { program, maxVcpus, maxDamagedShare, continues, output } = options;
  const damagedShare: Record<string, number> = maxDamagedShare === undefined ? {} : { maxDamagedShare };
  const input = {
    input: video.startsWith("s3://") ? video : `file://${video}`,
    output: output === undefined ? `file://${directory.output}` : checkS3Uri(output, "output"),
    ...damagedShare,
  };
  const start = { ...runStart(video), program, maxVcpus, ...damagedShare, ...(output === undefined ? {} : { output }) };
  const { command } = options;
  const typed = command === undefined ? {} : { command };
  const record: RunRecord = { ...newRecord(deployment, input, clock), start, ...typed };
  const keeper = new RecordKeeper(record, directory.path);
  const file = new RecordFile(directory.record, record);
  const emit = (event: PipelineEvent): void => {
    if (keeper.apply(event)) file.scheduleWrite();
    options.onEvent?.(event, record);
    if (event.type === "attemptEnded" && !event.succeeded) emitLogTail(event, emit);
  };
  const usesS3 = [input.input, input.output].some((uri) => uri.startsWith("s3://"));
  const region = usesS3 ? await findRegion() : undefined;
  const processes = new LocalLauncher({ logs: directory.logs, clock, workerBundle, ...(region ? { region } : {}) });
  const { definition, ...stateMachine } = deployment.stateMachine;
  const abort = new LinkedAbort(options.signal ?? new AbortController().signal);
  const { signal } = abort;
  const { faults, unused } = createFaults(options, deployment, (reason) => abort.abort(reason));
  const shortages = parseShortages(options.withoutCapacity ?? [], deployment.batch.computeEnvironments);
  const launcher = new FailingLauncher(options.launcher ?? processes, faults, directory.logs);
  const local = { clock, launcher, faults, shortages, answer: options.answer, folder: directory.path };
  const functions = readFunctions(options.synthesis, definition);
  const handlers = connectServices(deployment, { ...local, functions, logs: directory.logs }, emit);
  checkDefinition(definition, handlers, stateMachine.type);
  const programs = options.launcher ? undefined : await localPrograms(deployment.batch, workerBundle ?? "");
  if (programs) record.programs = programs;

  if (continues) record.continues = keepEarlierRun(directory, continues);
  else prepareRunDirectory(directory, video, output === undefined);
  file.scheduleWrite();
  const stopKilling = killAfterGrace(processes, clock, signal, options.abortGraceSeconds ?? 5);
  try {
    const name = executionNameFor(video, randomUUID().slice(0, 18));
    const { random } = options;
    await execute(definition, input, { handlers, clock, stateMachine, name, signal, onEvent: emit, random });
    return record;
  } catch (error) {
    const ended = new Date(clock.now()).toISOString();
    Object.assign(record, { status: "FAILED", cause: `The runner failed: ${String(error)}`, ended });
    throw error;
  } finally {
    if (unused().length > 0) record.unusedFaults = unused();
    stopKilling();
    abort.release();
    processes.killAll();
    file.close();
  }
}

/** The faults of the options, and those of them that have had no effect so far. */
function createFaults(
  { clock, fail = [], reclaim: reclaims = false }: RunOptions,
  { stateMachine, batch }: Deployment,
  stop: (reason: string) => void,
): { faults: Faults; unused: () => string[] } {
  const reclaim = reclaims ? new SpotReclaim(batch.computeEnvironments) : undefined;
  const faults = new Faults({
    faults: parseFaults(fail, stepsOf(stateMachine.definition)),
    stop,
    ...(reclaim ? { otherwise: reclaim } : {}),
    // On a virtual clock the step's own limit takes a moment.
    ...(clock ? {} : { stuckLimit: { clock: new SystemClock(), seconds: STUCK_SECONDS } }),
  });
  const unused = (): string[] => [
    ...faults.unused.map(({ text }) => `--fail ${text}`),
    ...(reclaim && !reclaim.hasHappened ? ["--reclaim"] : []),
  ];
  return { faults, unused };
}

/** The parts of the local services. */
interface Local {
  clock: Clock;
  launcher: Launcher;
  faults: Faults;
  shortages: Shortage[];
  answer?: Answer;
  functions: LocalFunction[];
  folder: string;
  logs: string;
}

/** Creates the services that the state machine calls. They report events to `emit`. */
function connectServices(
  { batch: configuration }: Deployment,
  { clock, launcher, faults, shortages, answer, functions, folder, logs }: Local,
  emit: (event: PipelineEvent) => void,
): TaskHandlers {
  const batch = new BatchService({ configuration, launcher, clock, onEvent: emit, faultInjector: faults, shortages });
  const handlers = taskHandlers({
    batch,
    clock,
    functions,
    folder,
    logs,
    ...(answer ? { answer } : {}),
    onSubmitted: ({ JobId }, visit) => {
      faults.recordJob(JobId, visit.state);
      emit({ type: "taskSubmitted", time: clock.now(), visit, jobId: JobId });
    },
    onNotification: (notification) => emit({ type: "notificationPublished", time: notification.time, notification }),
    onEvent: (event) => emit({ type: "eventSent", time: event.time, event }),
  });
  return faults.wrapHandlers(handlers);
}

function emitLogTail(
  { time, job, attempt }: Extract<PipelineEvent, { type: "attemptEnded" }>,
  emit: (event: PipelineEvent) => void,
): void {
  const lines = attempt.log === undefined ? [] : logTail(attempt.log);
  if (lines.length > 0) emit({ type: "attemptLogTail", time, job, attempt: attempt.number, lines });
}

/** Throws if the bundle is missing. Without it, every attempt of a `worker` job would fail. */
function requireWorker({ batch }: Deployment, bundle: string | undefined): void {
  if (!batch.jobDefinitions.some(({ command }) => command[0] === "worker")) return;
  if (bundle !== undefined && existsSync(bundle)) return;
  throw new UsageError(`The worker ${bundle ?? "bundle"} is missing. Build it with: node scripts/bundle-worker.mjs`);
}

/** Throws if the state machine doesn't read the share, so that it would have no effect. */
function requireDamagedShare({ stateMachine }: Deployment): void {
  if (JSON.stringify(stateMachine.definition).includes("$states.input.maxDamagedShare")) return;
  throw new UsageError(
    "--max-damaged-share needs the worker, and this program's jobs use their own commands. Leave out --max-damaged-share.",
  );
}

/** Kills processes after a shorter time than Batch's 30 s, because people who press Ctrl-C don't wait that long. */
function killAfterGrace(local: LocalLauncher, clock: Clock, signal: AbortSignal, graceSeconds: number): () => void {
  const timer = new AbortController();
  const onAbort = (): void => {
    clock.sleep(graceSeconds * 1000, timer.signal).then(
      () => local.killAll(),
      () => undefined,
    );
  };
  // A second Ctrl-C can end this process immediately. Even then it must not leave processes behind.
  const onExit = (): void => local.killAll();
  signal.addEventListener("abort", onAbort, { once: true });
  process.once("exit", onExit);
  return () => {
    signal.removeEventListener("abort", onAbort);
    process.off("exit", onExit);
    timer.abort();
  };
}

/** The record of a run that has not started. */
export function newRecord({ stateMachine, batch }: Deployment, input: Json, clock: Clock): Omit<RunRecord, "start"> {
  return {
    tool: "video-batch-pipeline",
    version: 1,
    status: "RUNNING",
    execution: "",
    stateMachine: stateMachine.name,
    pid: process.pid,
    input,
    started: new Date(clock.now()).toISOString(),
    vcpus: Object.fromEntries(batch.computeEnvironments.map(({ name, maxVcpus }) => [name, maxVcpus])),
    states: [],
    jobs: [],
    notifications: [],
  };
}
