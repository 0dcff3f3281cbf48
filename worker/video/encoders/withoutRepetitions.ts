import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

import type { Plan } from "../../../contract/plan";
import { InputError } from "../../errors/errors";
import type { GopGrid } from "./gopGrid";
import { Places } from "./gopGrid";
import type { Sample } from "../../fmp4/readFragmented";

/**
 * Removes from a stream the repetitions that fill up its GOPs, and gives the other pictures their shown times.
 *
 * @param times What the filters print about every picture that is not a repetition.
 */
export async function* withoutRepetitions(
  gops: AsyncIterable<Sample[]>,
  times: Readable,
  plan: Plan,
  grid: GopGrid,
): AsyncGenerator<Sample[]> {
  const places = new Places(plan, grid);
  const [, ticks] = grid.rate;
  const shown = new ShownTimes(times);
  let number = 0;
  let next: { place: number; time: number } | undefined;
  for await (const gop of gops) {
    const kept: Sample[] = [];
    for (const sample of gop) {
      if (!next) {
        const time = await shown.at(number++);
        // All pictures have come, and the rest are repetitions.
        if (time === undefined) break;
        next = { place: places.next(time), time };
      }
      const place = Math.round(sample.pts / ticks);
      if (place < next.place) continue;
      if (place > next.place)
        throw new Error(`The encoder left out picture ${number}, which is at place ${next.place}.`);
      kept.push({ ...sample, pts: next.time });
      next = undefined;
    }
    if (kept.length > 0) yield kept;
  }
}

/** Reads lines such as `frame:7    pts:7007    pts_time:0.233567` at once: the filters that write them can't wait. */
class ShownTimes {
  private readonly times: number[] = [];
  private ended = false;
  /** Whether the filters started again, and with them the numbers of places. */
  private restarted = false;
  private wake: () => void = () => undefined;

  constructor(lines: Readable) {
    createInterface({ input: lines })
      .on("line", (line) => {
        const [, number, pts] = /^frame:(\d+)\s+pts:(-?\d+)/.exec(line) ?? [];
        if (number === "0" && this.times.length > 0) this.restarted = true;
        if (pts !== undefined) this.times.push(Number(pts));
        this.wake();
      })
      .on("close", () => {
        this.ended = true;
        this.wake();
      });
  }

  /** The time of a picture by its number, once it is known; `undefined` if there are no more pictures. */
  async at(number: number): Promise<number | undefined> {
    while (number >= this.times.length && !this.ended) await new Promise<void>((resolve) => (this.wake = resolve));
    if (this.restarted) {
      throw new InputError(
        "AV1 can't be made from a video whose picture size changes and that is also interlaced, rotated or HDR; use another codec.",
      );
    }
    return this.times[number];
  }
}
