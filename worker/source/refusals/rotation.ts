import { InputError } from "../../errors/errors";
import type { ProbeStream } from "../ffprobe/output";
import { rotationOf } from "../picture/rotation";

/** Refuses pictures that are shown askew. ffmpeg rotates them within their own size, so that corners are cut off, and browsers don't rotate them. */
export function assertQuarterTurn(name: string, video: Pick<ProbeStream, "side_data_list">): void {
  const { degrees = 0 } = rotationOf(video) ?? {};
  if (degrees % 90 === 0) return;
  throw new InputError(
    `${name} says that its pictures are shown rotated by ${degrees} degrees, and only multiples of 90 are supported; export it again with upright pictures.`,
  );
}
