import { renameSync, writeFileSync } from "node:fs";

import type { Clock } from "../clock";
import type { RunRecord } from "../../contract/run";

/** Milliseconds between two writes. */
const INTERVAL = 1_000;

/** Keeps `run.json` up to date: whole at every moment, and written at most once a second while jobs are running. */
export class RecordFile {
  readonly #closed = new AbortController();
  #lastWrite = -Infinity;
  #pending = false;

  constructor(
    private readonly path: string,
    private readonly record: RunRecord,
    private readonly clock: Clock,
  ) {}

  /** Writes the record now or soon. */
  changed(): void {
    if (this.#pending) return;
    const wait = this.#lastWrite + INTERVAL - this.clock.now();
    if (wait <= 0) return this.#write();
    this.#pending = true;
    this.clock.sleep(wait, this.#closed.signal).then(
      () => {
        this.#pending = false;
        this.#write();
      },
      () => undefined,
    );
  }

  /** Writes the record a last time. */
  close(): void {
    this.#closed.abort();
    this.#write();
  }

  #write(): void {
    this.#lastWrite = this.clock.now();
    writeFileSync(`${this.path}.tmp`, `${JSON.stringify(this.record, undefined, 2)}\n`);
    renameSync(`${this.path}.tmp`, this.path);
  }
}
