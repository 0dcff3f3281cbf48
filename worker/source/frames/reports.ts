import type { OnLine } from "../../ffmpeg/remarks";

/** Makes ffmpeg print warnings too, and say which lines are some. */
export const WITH_WARNINGS = ["-loglevel", "level+warning"];

const CORRUPT = /^Packet corrupt \(stream = (\d+), dts = (-?\d+)\)/;

const LATER_MOVIE = "Found duplicated MOOV Atom";

/** What a demuxer reports while a file is read, besides errors. */
export class Reports {
  private readonly found = new Map<number, Set<number>>();
  private movies = false;

  readonly add: OnLine = (line) => {
    this.movies ||= line.startsWith(LATER_MOVIE);
    const [, index, dts] = (CORRUPT.exec(line) ?? []).map(Number);
    if (index === undefined || dts === undefined) return;
    this.found.set(index, (this.found.get(index) ?? new Set()).add(dts));
  };

  /** When packets are decoded that lack a part, by their stream and in its time base. */
  get lost(): ReadonlyMap<number, readonly number[]> {
    return new Map([...this.found].map(([stream, times]) => [stream, [...times]]));
  }

  /** Whether an MP4 has another index, which isn't read. */
  get laterMovie(): boolean {
    return this.movies;
  }
}
