import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

/** Prints `progress N%` lines, each number once, so that a log stays short. */
export class ProgressReport {
  private printed = -1;

  constructor(private readonly print: (line: string) => void = (line) => void process.stdout.write(`${line}\n`)) {}

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
  report: ProgressReport,
): Promise<void> {
  for await (const line of createInterface({ input: side })) {
    const [name, value] = line.split("=");
    if (name === key && total > 0) report.reached(Math.min(0.99, Number(value) / total || 0));
  }
}
