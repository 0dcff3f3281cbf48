import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

/** Prints `progress N%` lines, each number once so that a log stays short, and `playable NAME` lines. */
export class ProgressReport {
  private printed = -1;

  constructor(private readonly print: (line: string) => void = (line) => void process.stdout.write(`${line}\n`)) {}

  /** A rendition can be played from now on, as far as it goes. The first such line is the first playable second. */
  playable(renditions: readonly string[]): void {
    for (const rendition of renditions) this.print(`playable ${rendition}`);
  }

  reached(fraction: number): void {
    const percent = Math.max(0, Math.min(100, Math.floor(fraction * 100)));
    if (percent <= this.printed) return;
    this.printed = percent;
    this.print(`progress ${percent}%`);
  }
}

/** Follows what ffmpeg writes for `-progress`. `out_time_us` counts from the first timestamp, `frame` from none. */
export async function followProgress(
  side: Readable,
  key: "frame" | "out_time_us",
  total: number,
  report: Pick<ProgressReport, "reached">,
): Promise<void> {
  for await (const line of createInterface({ input: side })) {
    const [name, value] = line.split("=");
    if (name === key && total > 0) report.reached(Math.min(0.99, Number(value) / total || 0));
  }
}
