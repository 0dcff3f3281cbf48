import type { EventEntry } from "../../../contract/videoEvents";

/** Starts the process of a job's attempt, either a real or a scripted one. */
export interface Launcher {
  launch(launch: Launch): RunningProcess;
}

export interface Launch {
  jobId: string;
  jobName: string;
  arrayIndex?: number;
  /** Number of the attempt, from 1. */
  attempt: number;
  command: string[];
  environment: Record<string, string>;
  onProgress: (percent: number) => void;
  /** A rendition is playable so far. */
  onPlayable?: (rendition: string) => void;
  /** The job sends an event to a bus. */
  onEvent?: (entry: EventEntry) => void;
}

export interface RunningProcess {
  /** Path of the log file, if there is one. */
  log?: string;
  /** Resolves when the process and its descendants are gone. Never rejects. */
  ended: Promise<ProcessEnd>;
  kill(signal: "SIGTERM" | "SIGKILL"): void;
}

export interface ProcessEnd {
  /** 128 + n if signal n ended the process. */
  exitCode: number;
  /** Why a container did not start, or another message of the container runtime. */
  reason?: string;
  /** False if the process could not be started. */
  started: boolean;
  /** The last line on stderr, which for the worker is a sentence for people. */
  lastErrorLine?: string;
  /** Peak memory of all its processes together. Absent where it can't be measured. */
  peakMemoryMiB?: number;
}
