/** What a demuxer reports while a file is read, by its severity. */
export interface Reports {
  /** The lines of errors. */
  errors: string;
  /** When packets are decoded that lack a part, by their stream and in its time base. */
  lost: ReadonlyMap<number, readonly number[]>;
  /** Whether an MP4 has another index, which isn't read. */
  laterMovie: boolean;
}

/** Makes ffmpeg print warnings too, and say which lines are some. */
export const WITH_WARNINGS = ["-loglevel", "level+warning"];

const CORRUPT = /Packet corrupt \(stream = (\d+), dts = (-?\d+)\)/;

const LATER_MOVIE = "Found duplicated MOOV Atom";

/** Separates what is printed with warnings. */
export function readReports(stderr: string): Reports {
  const lines = stderr.split("\n");
  const lost = new Map<number, number[]>();
  for (const line of lines) {
    const [, index, dts] = (CORRUPT.exec(line) ?? []).map(Number);
    if (index === undefined || dts === undefined) continue;
    const known = lost.get(index) ?? [];
    if (!known.includes(dts)) lost.set(index, [...known, dts]);
  }
  const errors = lines
    .filter((line) => !line.includes("[warning]"))
    .map((line) => line.replace(/\[(?:error|fatal|panic)\] /, ""));
  return { errors: errors.join("\n"), lost, laterMovie: stderr.includes(LATER_MOVIE) };
}
