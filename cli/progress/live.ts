import type { PipelineEvent } from "../../contract/events";
import type { Run } from "../../contract/run";
import type { Outline } from "../../view/outline/outline";
import { renderRow } from "../../view/progress/row";
import { progressTree } from "../../view/progress/tree";
import type { Progress } from "./progress";

export interface Terminal extends NodeJS.WritableStream {
  columns?: number;
  rows?: number;
}

const HIDE_CURSOR = "\x1b[?25l";
const SHOW_CURSOR = "\x1b[?25h";
/** Milliseconds between two redraws. Elapsed times advance even if nothing happens. */
const INTERVAL = 200;

/** Draws the tree of states on a terminal, and redraws it in place. */
export class LiveProgress implements Progress {
  private readonly percents = new Map<string, number>();
  private run?: Run;
  private drawn = 0;
  private timer?: NodeJS.Timeout;
  private readonly showCursor = (): void => void this.terminal.write(SHOW_CURSOR);

  constructor(
    private readonly machine: Outline,
    private readonly terminal: Terminal,
    private readonly now: () => number = Date.now,
  ) {}

  show(event: PipelineEvent, run: Run): void {
    this.run = run;
    if (event.type === "attemptProgress") this.percents.set(event.job.id, event.percent);
    if (event.type === "attemptEnded") this.percents.delete(event.job.id);
    if (this.timer) return;
    this.terminal.write(HIDE_CURSOR);
    // A second Ctrl-C ends the process at once.
    process.once("exit", this.showCursor);
    this.draw();
    this.timer = setInterval(() => this.draw(), INTERVAL);
    this.timer.unref();
  }

  /** Draws a last time, including the rows that did not fit the terminal, and leaves that on the screen. */
  stop(): void {
    if (!this.timer) return;
    clearInterval(this.timer);
    this.timer = undefined;
    this.draw(Infinity);
    // Further drawings go below this one.
    this.drawn = 0;
    process.off("exit", this.showCursor);
    this.showCursor();
  }

  private draw(height = (this.terminal.rows ?? 24) - 1): void {
    if (!this.run) return;
    const { percents, terminal } = this;
    const width = (terminal.columns ?? 80) - 1;
    const rows = progressTree(this.machine, this.run, { percents, now: this.now(), height, width });
    const look = { width, colour: !process.env["NO_COLOR"] };
    const up = this.drawn > 0 ? `\x1b[${this.drawn}A` : "";
    const lines = rows.map((row) => `\r${renderRow(row, look)}\x1b[K\n`);
    terminal.write(`${up}${lines.join("")}\x1b[J`);
    this.drawn = rows.length;
  }
}
