import type { Turn } from "../../../contract/plan";
import { InputError } from "../../errors/errors";

/** Refuses pictures that are shown askew. ffmpeg rotates them within their own size, so that corners are cut off, and browsers don't rotate them. */
export function assertQuarterTurn(name: string, { degrees }: Pick<Turn, "degrees"> = { degrees: 0 }): void {
  if (degrees % 90 === 0) return;
  throw new InputError(
    `${name} says that its pictures are shown rotated by ${degrees} degrees, and only multiples of 90 are supported; export it again with upright pictures.`,
  );
}
