/** Starts the process of a job's attempt: on this machine, or from a script. */
export interface Launcher {
  launch(launch: Launch): RunningProcess;
}

export interface Launch {
  jobId: string;
  jobName: string;
  arrayIndex?: number;
  /** Counts from 1. */
  attempt: number;
  command: string[];
  environment: Record<string, string>;
  onProgress: (percent: number) => void;
  /** A rendition can be played from now on, as far as it is done. */
  onPlayable?: (rendition: string) => void;
}

export interface RunningProcess {
  /** Path of the log file, if there is one. */
  log?: string;
  /** Resolves when the process and all that it started are gone. Never rejects. */
  ended: Promise<ProcessEnd>;
  kill(signal: "SIGTERM" | "SIGKILL"): void;
}

export interface ProcessEnd {
  /** 128 + n when the process ended by signal n. */
  exitCode: number;
  /** Why a container did not start, or what the container's runtime has to say. */
  reason?: string;
  /** False when there never was a process. */
  started: boolean;
  /** What the process last wrote to stderr: for the worker, a sentence for people. */
  lastErrorLine?: string;
}
