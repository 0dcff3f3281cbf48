import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { StringDecoder } from "node:string_decoder";

import type { EventEntry } from "../../../contract/videoEvents";
import { findProblem } from "../../eventBridge/entry";

/** Longer lines are split, so that a job cannot fill the runner's memory. */
const MAX_LINE_LENGTH = 16_384;

const PROGRESS = /^progress (\d{1,3})%$/;
const PLAYABLE = /^playable (\S+)$/;
const EVENT = /^event (\{.*\})$/;

/** Lines that only report progress: the worker's signals, and ffmpeg's statistics. */
export function isProgressLine(line: string): boolean {
  return /^(?:progress \d+(?:\.\d+)?%|playable \S+|event \{.*\}|(?:frame|size)= *\S.*\bspeed=.*)$/.test(line.trim());
}

/** Signals that the worker sends on its stdout besides its log. */
export interface WorkerSignals {
  onProgress: (percent: number) => void;
  /** A rendition is playable so far. */
  onPlayable?: (rendition: string) => void;
  /** The job sends an event to a bus. */
  onEvent?: (entry: EventEntry) => void;
}

/** What a log is named for. */
export interface LoggedAttempt {
  jobName: string;
  arrayIndex?: number;
  attempt: number;
}

/**
 * Writes one attempt's output to one file, line by line as it arrives, so that stderr never interrupts a line of stdout. It reports
 * the lines `progress N%`, `playable NAME` and `event JSON` on stdout. It keeps the last line of stderr, because by contract that is one sentence
 * about why the worker failed.
 */
export class AttemptLog {
  readonly path: string;
  readonly #file: number;
  readonly #out: Lines;
  readonly #err: Lines;
  #lastErrorLine: string | undefined;
  #closed = false;

  constructor(folder: string, { onProgress, onPlayable, onEvent, ...job }: LoggedAttempt & WorkerSignals) {
    mkdirSync(folder, { recursive: true });
    [this.path, this.#file] = openNew(folder, job);
    this.#out = new Lines((line) => {
      this.#write(line);
      const percent = PROGRESS.exec(line.trim())?.[1];
      if (percent !== undefined && Number(percent) <= 100) onProgress(Number(percent));
      const rendition = PLAYABLE.exec(line.trim())?.[1];
      if (rendition !== undefined) onPlayable?.(rendition);
      const entry = EVENT.exec(line.trim())?.[1];
      if (entry !== undefined) this.#reportEvent(entry, onEvent);
    });
    this.#err = new Lines((line) => {
      this.#write(line);
      if (line.trim() && !isProgressLine(line)) this.#lastErrorLine = line.trim();
    });
  }

  stdout(data: Buffer): void {
    if (!this.#closed) this.#out.push(data);
  }

  stderr(data: Buffer): void {
    if (!this.#closed) this.#err.push(data);
  }

  note(line: string): void {
    if (!this.#closed) this.#write(line);
  }

  close(): { lastErrorLine?: string } {
    this.#out.end();
    this.#err.end();
    this.#closed = true;
    closeSync(this.#file);
    return this.#lastErrorLine === undefined ? {} : { lastErrorLine: this.#lastErrorLine };
  }

  #reportEvent(json: string, onEvent: WorkerSignals["onEvent"]): void {
    const problem = findProblem(json);
    if (problem === undefined) onEvent?.(JSON.parse(json) as EventEntry);
    else this.#write(`EventBridge would refuse this event. ${problem}`);
  }

  #write(line: string): void {
    writeSync(this.#file, `${line}\n`);
  }
}

/** Opens a file that no other log has: a step that is tried again submits a job of the same name. */
function openNew(folder: string, { jobName, arrayIndex, attempt }: LoggedAttempt): [path: string, file: number] {
  const name = [jobName, arrayIndex, attempt].filter((part) => part !== undefined).join("-");
  for (let copy = 1; ; copy += 1) {
    const path = join(folder, copy === 1 ? `${name}.log` : `${name}~${copy}.log`);
    try {
      return [path, openSync(path, "wx")];
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

/** Splits a stream of bytes into lines. ffmpeg ends its progress lines with carriage returns. */
class Lines {
  readonly #decoder = new StringDecoder("utf8");
  #rest = "";

  constructor(private readonly onLine: (line: string) => void) {}

  push(data: Buffer): void {
    const lines = (this.#rest + this.#decoder.write(data)).split(/\r?\n|\r/);
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.onLine(line);
    if (this.#rest.length > MAX_LINE_LENGTH) {
      this.onLine(this.#rest);
      this.#rest = "";
    }
  }

  end(): void {
    const rest = this.#rest + this.#decoder.end();
    this.#rest = "";
    if (rest) this.onLine(rest);
  }
}
