import { renameSync, writeFileSync } from "node:fs";

import { SystemClock } from "../clock/clock";
import type { RunRecord } from "../../contract/run";

/** Minimum milliseconds between two writes. */
const INTERVAL = 1_000;

/** Keeps `run.json` up to date. The file is always complete, and is written at most once a second while jobs are running. */
export class RecordFile {
  /** Whoever looks at the file does so in real time, also while the run's own time is virtual. */
  readonly #clock = new SystemClock();
  readonly #closed = new AbortController();
  #lastWrite = -Infinity;
  #pending = false;

  constructor(
    private readonly path: string,
    private readonly record: RunRecord,
  ) {}

  /** Writes the record immediately, or soon after the last write. */
  scheduleWrite(): void {
    if (this.#pending) return;
    const wait = this.#lastWrite + INTERVAL - this.#clock.now();
    if (wait <= 0) return this.#write();
    this.#pending = true;
    this.#clock.sleep(wait, this.#closed.signal).then(
      () => {
        this.#pending = false;
        this.#write();
      },
      () => undefined,
    );
  }

  /** Writes the record for the last time. */
  close(): void {
    this.#closed.abort();
    this.#write();
  }

  #write(): void {
    this.#lastWrite = this.#clock.now();
    writeFileSync(`${this.path}.tmp`, `${JSON.stringify(this.record, undefined, 2)}\n`);
    renameSync(`${this.path}.tmp`, this.path);
  }
}
