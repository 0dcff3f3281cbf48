import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { StringDecoder } from "node:string_decoder";

/** A line that goes on without end is cut into several, so that a job cannot fill the memory of the runner. */
const LONGEST_LINE = 4_096;

const PROGRESS = /^progress (\d{1,3})%$/;
const PLAYABLE = /^playable (\S+)$/;

/** What the worker tells on its stdout besides its log. */
export interface Told {
  onProgress: (percent: number) => void;
  /** A rendition can be played from now on, as far as it is done. */
  onPlayable?: (rendition: string) => void;
}

/**
 * One attempt's output in one file, line by line as it arrives: half a line of stdout never has stderr in its middle. Lines
 * `progress N%` and `playable NAME` on stdout are reported; the last line of stderr is kept, because by contract it says in one sentence why the
 * worker failed.
 */
export class AttemptLog {
  readonly path: string;
  readonly #file: number;
  readonly #out: Lines;
  readonly #err: Lines;
  #lastErrorLine: string | undefined;
  #closed = false;

  constructor(folder: string, name: string, { onProgress, onPlayable }: Told) {
    mkdirSync(folder, { recursive: true });
    this.path = join(folder, name);
    this.#file = openSync(this.path, "w");
    this.#out = new Lines((line) => {
      this.#write(line);
      const percent = PROGRESS.exec(line.trim())?.[1];
      if (percent !== undefined && Number(percent) <= 100) onProgress(Number(percent));
      const rendition = PLAYABLE.exec(line.trim())?.[1];
      if (rendition !== undefined) onPlayable?.(rendition);
    });
    this.#err = new Lines((line) => {
      this.#write(line);
      if (line.trim()) this.#lastErrorLine = line.trim();
    });
  }

  stdout(data: Buffer): void {
    if (!this.#closed) this.#out.push(data);
  }

  stderr(data: Buffer): void {
    if (!this.#closed) this.#err.push(data);
  }

  note(line: string): void {
    this.#write(line);
  }

  close(): { lastErrorLine?: string } {
    this.#out.end();
    this.#err.end();
    this.#closed = true;
    closeSync(this.#file);
    return this.#lastErrorLine === undefined ? {} : { lastErrorLine: this.#lastErrorLine };
  }

  #write(line: string): void {
    writeSync(this.#file, `${line}\n`);
  }
}

/** Cuts a stream of bytes into lines, whatever pieces it comes in. ffmpeg ends its own with carriage returns. */
class Lines {
  readonly #decoder = new StringDecoder("utf8");
  #rest = "";

  constructor(private readonly onLine: (line: string) => void) {}

  push(data: Buffer): void {
    const lines = (this.#rest + this.#decoder.write(data)).split(/\r?\n|\r/);
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.onLine(line);
    if (this.#rest.length > LONGEST_LINE) {
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
