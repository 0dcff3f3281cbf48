import type { Json, JsonObject } from "./asl";
import type { DamageSummary } from "./damageReport";
import type { ExecutionStatus, StateOutcome } from "./events";

/**
 * `run.json`: what happened in a run. Times are ISO 8601, paths of logs are relative to the run's folder. What is damaged is there once
 * the run has ended, as its notice says it.
 */
export interface RunRecord extends DamageSummary {
  tool: "video-batch-pipeline";
  version: 1;
  status: "RUNNING" | ExecutionStatus;
  /** What the execution itself ended with, as Step Functions would show it. */
  error?: string;
  cause?: string;
  /** What went wrong, for people. */
  failure?: RunFailure;
  execution: string;
  stateMachine: string;
  /** The process that runs or ran it. */
  pid: number;
  /** What the run was started with: resuming it needs the same. */
  start: RunStart;
  /** The command line, as it was typed. Absent when another program started the run. */
  command?: string;
  /** The earlier runs that this one resumes, the oldest first. Absent when there are none. */
  continues?: EarlierRun[];
  input: Json;
  output?: Json;
  started: string;
  ended?: string;
  /** When each rendition became playable, in order. Absent while none is. */
  playable?: PlayableRecord[];
  /** Seconds from the start until the first rendition was playable. */
  secondsToFirstPlayable?: number;
  /** Seconds from the start until a run that succeeded was complete. */
  secondsToComplete?: number;
  /**
   * Options such as `--fail Transcode_720p-1:attempt=2` that had no effect, because what they are for did not run. Absent when all had
   * one.
   */
  unusedFaults?: string[];
  /** What the worker's jobs ran with here. Absent in AWS, and where no job is the worker's. */
  programs?: LocalPrograms;
  /** vCPUs of each compute environment. */
  vcpus: Record<string, number>;
  states: StateRecord[];
  jobs: JobRecord[];
  notifications: NotificationRecord[];
  /** What was sent to buses of EventBridge, in order. Absent when nothing was. */
  events?: EventRecord[];
}

/** A run, wherever it happened: here, or in AWS. */
export type Run = Omit<RunRecord, "tool" | "version" | "pid" | "start" | "continues">;

/** As they were found before the run began. A rendition that an earlier run had made keeps what the manifest says of it. */
export interface LocalPrograms {
  /** The worker's version. */
  worker: string;
  node: ProgramRecord;
  ffmpeg: MediaProgramRecord;
  ffprobe: MediaProgramRecord;
}

export interface ProgramRecord {
  path: string;
  version: string;
}

export interface MediaProgramRecord extends ProgramRecord {
  libavcodec: string;
}

export interface RunStart {
  /** Absolute path, or an `s3://` URI, of the source. */
  video: string;
  /** Size of the file. Absent for a source in S3. */
  bytes?: number;
  /** When the file was last changed. Absent for a source in S3. */
  modified?: string;
  /** The Pulumi program. Absent for the component with its defaults. */
  program?: ProgramStart;
  /** vCPUs of every compute environment, instead of the program's. */
  maxVcpus?: number;
  /** The share of the video that may be damaged, instead of the program's. */
  maxDamagedShare?: number;
  /** Where in S3 the output goes. Absent when it is in the folder of the run. */
  output?: string;
}

export interface ProgramStart {
  /** Folder of its Pulumi.yaml. */
  directory: string;
  /** Absent when none was named. */
  stack?: string;
  /** The pipeline of the program. Absent when none was named. */
  pipeline?: string;
}

/** An earlier run that did not succeed. Its record and its logs are kept. */
export interface EarlierRun {
  /** Path of its record. */
  record: string;
  execution: string;
  status: RunRecord["status"];
  cause?: string;
  started: string;
  /** Absent when its process was killed. */
  ended?: string;
}

export interface RunFailure {
  /** The state that failed first for this reason. Absent when the run was stopped from outside. */
  state?: string;
  job?: string;
  /** One sentence: the last line that the job wrote to stderr, where there is one. */
  explanation: string;
  log?: string;
}

export interface StateRecord {
  /** Unique in the run. Each visit of a state has its own record. */
  visit: number;
  name: string;
  type: string;
  /** The states around it with their branch or item, outermost first. */
  path: string[];
  entered: string;
  exited?: string;
  outcome?: StateOutcome;
  retries: number;
  error?: string;
  cause?: string;
}

export interface JobRecord {
  id: string;
  name: string;
  queue: string;
  definition: string;
  vcpus: number;
  /** The state that submitted it, of plain and array jobs. */
  state?: string;
  arraySize?: number;
  arrayIndex?: number;
  parentId?: string;
  status: string;
  statusReason?: string;
  submitted: string;
  ended?: string;
  attempts: AttemptRecord[];
}

export interface AttemptRecord {
  attempt: number;
  computeEnvironment: string;
  started: string;
  ended?: string;
  exitCode?: number;
  reason?: string;
  statusReason?: string;
  log?: string;
  lastErrorLine?: string;
  /** The last lines of a failed attempt's log. */
  logTail?: string[];
  /** Peak memory of all its processes together. Absent in AWS, and where it can't be measured. */
  peakMemoryMiB?: number;
  /** What the job would have in AWS. Comes with `peakMemoryMiB`. */
  memoryMiB?: number;
}

export interface PlayableRecord {
  rendition: string;
  time: string;
}

export interface EventRecord {
  time: string;
  /** Name or ARN of the bus. */
  bus: string;
  source: string;
  detailType: string;
  detail: JsonObject;
  /** ARNs of what the event is about. */
  resources: string[];
}

export interface NotificationRecord {
  time: string;
  topic: string;
  subject?: string;
  message: string;
  /** The message for e-mail. */
  email?: string;
  attributes: JsonObject;
}
