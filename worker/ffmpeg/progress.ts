import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

/** Prints `progress N%` lines, each number only once so that logs stay short, and `playable NAME` lines. */
export class ProgressReport {
  private printed = -1;

  constructor(private readonly print: (line: string) => void = (line) => void process.stdout.write(`${line}\n`)) {}

  /** Reports that these renditions can be played so far. The first such line marks when the video became playable. */
  announcePlayable(renditions: readonly string[]): void {
    for (const rendition of renditions) this.print(`playable ${rendition}`);
  }

  update(fraction: number): void {
    const percent = Math.max(0, Math.min(100, Math.floor(fraction * 100)));
    if (percent <= this.printed) return;
    this.printed = percent;
    this.print(`progress ${percent}%`);
  }
}

/** Reads what ffmpeg writes for `-progress`. `out_time_us` counts from the first timestamp, `frame` from 0. */
export async function followProgress(
  side: Readable,
  key: "frame" | "out_time_us",
  total: number,
  report: Pick<ProgressReport, "update">,
): Promise<void> {
  for await (const line of createInterface({ input: side })) {
    const [name, value] = line.split("=");
    if (name === key && total > 0) report.update(Math.min(0.99, Number(value) / total || 0));
  }
}
