import type { Turn } from "../../../contract/plan";
import type { ProbeStream } from "../ffprobe/output";

/** A member of a matrix that the pictures state, and not the container. */
export const BY_PICTURE = "stated_by_picture";

/** How players have to rotate the pictures, according to the container's matrix or their own. Undefined when they are upright. */
export function rotationOf({ side_data_list }: Pick<ProbeStream, "side_data_list">): Turn | undefined {
  const data = side_data_list?.find(({ rotation }) => rotation !== undefined);
  // ffprobe counts counter-clockwise.
  const degrees = nearQuarter(720 - Math.round(data?.rotation ?? 0)) % 360;
  const mirrored = isMirrored(String(data?.["displaymatrix"] ?? ""));
  if (degrees === 0 && !mirrored) return undefined;
  const byPicture = data?.[BY_PICTURE] !== undefined;
  return { degrees, ...(mirrored ? { mirrored } : {}), ...(byPicture ? { byPicture } : {}) };
}

/** Degrees by which ffmpeg takes another angle for a quarter turn. ffprobe leaves out what is behind the point. */
const TOLERATED = 1;

function nearQuarter(degrees: number): number {
  const quarter = 90 * Math.round(degrees / 90);
  return Math.abs(degrees - quarter) <= TOLERATED ? quarter : degrees;
}

/** The matrix is three lines of three numbers, each line preceded by its number. */
function isMirrored(matrix: string): boolean {
  const rows = matrix
    .trim()
    .split("\n")
    .map((line) => (line.split(":")[1] ?? "").trim().split(/\s+/).map(Number));
  const [[a = 1, b = 0] = [], [c = 0, d = 1] = []] = rows.length < 3 ? [] : rows;
  return a * d - b * c < 0;
}
