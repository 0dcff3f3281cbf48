import type { Launch, Launcher, RunningProcess } from "../runner/batch/launchers/launcher";
import { ScriptedLauncher, type Script } from "../runner/batch/launchers/scriptedLauncher";
import { BatchService } from "../runner/batch/service";
import { VirtualClock } from "../runner/clock/clock";
import { ExecutionService } from "../runner/executions/service";
import { type DeployedStateMachine, readDeployment, readStateMachines } from "../runner/synthesis/deployment";
import { readFunctions } from "../runner/synthesis/functions";
import type { Notification, PipelineEvent, SentEvent } from "../contract/events";
import type { QueueMessage } from "../runner/integrations/sqs";
import { taskHandlers } from "../runner/integrations/resources";
import type { DecideOutcome } from "../runner/integrations/mediaConvert";
import type { MediaConvertJob } from "../runner/mediaConvert/job";
import { PreparedLadder } from "../runner/mediaConvert/ladder";
import { MediaConvertService } from "../runner/mediaConvert/service";
import type { Run } from "../contract/run";
import { RecordKeeper } from "../runner/record/recordKeeper";
import { newRecord } from "../runner/run";
import { execute } from "../runner/stateMachine/execution";
import type { Synthesis } from "../runner/synthesis/synthesis";
import { StoredObjects } from "./objects";
import { damageReport } from "../contract/damageReport";
import { outputs } from "../contract/outputs";
import { makeOrder } from "../worker/plan/makeOrder";
import { stepsOf } from "../worker/plan/steps";
import { planFor, type TestVideo } from "./plan";
import type { Json } from "../contract/asl";
import { LADDER_VARIABLE, type Ladder } from "../contract/plan";

/** An attempt of a job whose outcome a script decides. */
export interface ScriptedAttempt {
  /** Name of the job, which ends with that of its state: `videos-Transcode_720p-1`. */
  jobName: string;
  /** Index of the child in its array job, from 0. */
  arrayIndex?: number;
  /** Number of the attempt, from 1. */
  attempt: number;
  /** The container's command, with all parameters filled in. */
  command: string[];
  environment: Record<string, string>;
}

export interface ScriptedRunOptions {
  /** Input of the execution. Defaults to `{"input": "s3://videos/video.mp4"}`. */
  input?: Json;
  /** The video to plan for, if the worker does the metadata job. Defaults to a minute of 1080p at 25 frames per second, with sound. */
  video?: TestVideo;
  /** Decides the outcome of an attempt. By default, and if it returns nothing, the attempt succeeds after a second. */
  script?: (attempt: ScriptedAttempt) => Script | undefined;
  /** Resource name or physical name of the state machine, required if the program has several. */
  stateMachine?: string;
  /** vCPUs of every compute environment, instead of the program's. */
  maxVcpus?: number;
  /**
   * Is called with each execution that the state machine starts, of another state machine of the program. It runs to its end: its jobs and
   * notifications are in the record, its states are not.
   */
  onStarted?: (execution: { stateMachineArn: string; name: string; input: Json }) => void;
  /** Is called with each message that is sent to a queue. */
  onMessage?: (message: QueueMessage) => void;
  /** Runs jobs of AWS Elemental MediaConvert. Without it, no state can create one. */
  mediaConvert?: ScriptedMediaConvert;
}

/**
 * A stand-in for MediaConvert. It checks a job's settings as the service does, takes its time, and writes what they name by copying
 * prepared renditions: it proves nothing about what MediaConvert would encode.
 */
export interface ScriptedMediaConvert {
  /** Folder of the renditions: playlists such as `720p.m3u8` with their segments, and `720p.mp4`. An output gets the closest height. */
  ladder: string;
  /** Decides what becomes of a call of CreateJob, numbered from 1. By default, and if it returns nothing, the job is complete after 65 s. */
  decide?: DecideOutcome;
  /** Is called with each job that has ended. */
  onEnded?: (job: MediaConvertJob) => void;
}

/**
 * Executes the program's state machine on its queues and compute environments, with scripted jobs and a clock that jumps from
 * event to event. The states, the jobs with their attempts, the retries and the notices are the same as in a deployment, and
 * hours take milliseconds. The code of Lambda functions runs, and calls what `AWS_ENDPOINT_URL` of this process names instead of AWS.
 */
export async function runScripted(synthesis: Synthesis, options: ScriptedRunOptions = {}): Promise<Run> {
  const { input = { input: "s3://videos/video.mp4" }, script = () => undefined } = options;
  const deployment = readDeployment(synthesis, options);
  const clock = new VirtualClock();
  const objects = new StoredObjects(clock);
  const keeper = new RecordKeeper<Run>(newRecord(deployment, input, clock), "");
  const emit = (event: PipelineEvent): void => void keeper.apply(event);

  const scripted = new ScriptedLauncher(clock, (launch) => script(toScriptedAttempt(launch)) ?? { seconds: 1 });
  const launcher = new WorkerLauncher(scripted, objects, options.video ?? {});
  const batch = new BatchService({ configuration: deployment.batch, launcher, clock, onEvent: emit });
  const executions = new ExecutionService({
    clock,
    random: () => 0,
    onEvent: ({ type }, { stateMachineArn, name, input: given }) => {
      if (type === "executionStarted") options.onStarted?.({ stateMachineArn, name, input: given });
    },
  });
  const mediaConvert = options.mediaConvert && standInFor(options.mediaConvert, clock, objects);
  const services = {
    ...{ batch, clock, executions, onMessage: options.onMessage ?? (() => undefined) },
    ...(mediaConvert ? { mediaConvert } : {}),
    onNotification: (notification: Notification) =>
      emit({ type: "notificationPublished", time: notification.time, notification }),
    onEvent: (event: SentEvent) => emit({ type: "eventSent", time: event.time, event }),
  };
  const { definition, ...stateMachine } = deployment.stateMachine;
  for (const started of startedBy(definition, synthesis)) {
    const functions = readFunctions(synthesis, started.definition);
    executions.deploy({ ...started, handlers: { ...taskHandlers({ ...services, functions }), ...objects.handlers } });
  }
  const handlers = {
    ...taskHandlers({
      ...services,
      functions: readFunctions(synthesis, definition),
      onSubmitted: ({ JobId }, visit) => emit({ type: "taskSubmitted", time: clock.now(), visit, jobId: JobId }),
    }),
    ...objects.handlers,
  };
  await execute(definition, input, { handlers, clock, stateMachine, name: "scripted", onEvent: emit, random: () => 0 });
  await executions.whenIdle();
  await mediaConvert?.service.whenIdle();
  return keeper.record;
}

function standInFor(
  { ladder, decide, onEnded }: ScriptedMediaConvert,
  clock: VirtualClock,
  objects: StoredObjects,
): { service: MediaConvertService; decide?: DecideOutcome } {
  const put = (uri: string, content: string | Buffer): void => objects.put(uri, content);
  const service = new MediaConvertService({
    ...{ clock, put, ladder: new PreparedLadder(ladder) },
    ...(onEnded ? { onEnded } : {}),
  });
  return { service, ...(decide ? { decide } : {}) };
}

/** The program's state machines that a definition names, and those that they name. */
function startedBy(definition: unknown, synthesis: Synthesis): DeployedStateMachine[] {
  const all = readStateMachines(synthesis);
  const named = new Set<DeployedStateMachine>();
  const follow = (names: unknown): void => {
    const text = JSON.stringify(names);
    for (const machine of all.filter(({ arn }) => text.includes(`"${arn}"`))) {
      if (named.has(machine)) continue;
      named.add(machine);
      follow(machine.definition);
    }
  };
  follow(definition);
  return [...named];
}

function toScriptedAttempt({ jobName, arrayIndex, attempt, command, environment }: Launch): ScriptedAttempt {
  return { jobName, ...(arrayIndex === undefined ? {} : { arrayIndex }), attempt, command, environment };
}

/** Writes the objects that the worker writes for state machines: metadata and the order, the damage, or the message of a failure. */
class WorkerLauncher implements Launcher {
  constructor(
    private readonly launcher: Launcher,
    private readonly objects: StoredObjects,
    private readonly video: TestVideo,
  ) {}

  launch(launch: Launch): RunningProcess {
    const running = this.launcher.launch(launch);
    const [program, step] = launch.command;
    if (program !== "worker") return running;
    const ended = running.ended.then((end) => {
      if (end.exitCode === 0 && step === "metadata") this.#writePlan(launch);
      if (end.exitCode === 0 && step === "package") this.#reportDamage(launch);
      if (end.exitCode !== 0 && end.lastErrorLine !== undefined) this.#saveFailureReason(launch, end.lastErrorLine);
      return end;
    });
    return { ...running, ended };
  }

  #saveFailureReason({ command, environment }: Launch, reason: string): void {
    this.objects.put(below(command, outputs.failure(jobOf(environment))), reason);
  }

  #reportDamage({ command, environment }: Launch): void {
    const report = damageReport(this.video.damage ?? []);
    this.objects.put(below(command, outputs.damage(jobOf(environment))), JSON.stringify(report));
  }

  /** The metadata are without what ffprobe says. Nothing is done yet: every step of the plan is ordered. */
  #writePlan({ command, environment }: Launch): void {
    const ladder = JSON.parse(environment[LADDER_VARIABLE] as string) as Ladder;
    const plan = planFor(optionValue(command, "--input"), this.video, ladder);
    const order = makeOrder(plan, stepsOf(plan));
    this.objects.put(below(command, outputs.metadata), JSON.stringify({ version: 1, source: plan.source }));
    this.objects.put(below(command, outputs.order(jobOf(environment))), JSON.stringify(order));
  }
}

function below(command: string[], path: string): string {
  return `${optionValue(command, "--output")}/${path}`;
}

/** The job, or the array job that it is a child of. */
function jobOf(environment: Launch["environment"]): string {
  return (environment["AWS_BATCH_JOB_ID"] as string).split(":")[0] as string;
}

function optionValue(command: string[], option: string): string {
  return command[command.indexOf(option) + 1] as string;
}
