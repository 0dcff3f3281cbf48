/** What a demuxer reports while a file is read, by its severity. */
export interface Reports {
  /** The lines of errors. */
  errors: string;
  /** When packets of the stream are decoded that lack a part, in its time base. */
  lost: number[];
  /** Whether an MP4 has another index, which isn't read. */
  laterMovie: boolean;
}

/** Makes ffmpeg print warnings too, and say which lines are some. */
export const WITH_WARNINGS = ["-loglevel", "level+warning"];

const CORRUPT = /Packet corrupt \(stream = (\d+), dts = (-?\d+)\)/;

const LATER_MOVIE = "Found duplicated MOOV Atom";

/** Separates what is printed with warnings. */
export function readReports(stderr: string, stream: number): Reports {
  const lines = stderr.split("\n");
  const corrupt = lines.flatMap((line) => {
    const [, index, dts] = CORRUPT.exec(line) ?? [];
    return Number(index) === stream ? [Number(dts)] : [];
  });
  const errors = lines
    .filter((line) => !line.includes("[warning]"))
    .map((line) => line.replace(/\[(?:error|fatal|panic)\] /, ""));
  return { errors: errors.join("\n"), lost: [...new Set(corrupt)], laterMovie: stderr.includes(LATER_MOVIE) };
}
