import type { LadderRendition } from "../../../contract/plan";
import { InputError } from "../../errors/errors";
import { minimumSide } from "../../plan/minimumSide";
import type { DisplaySize } from "../../plan/renditions";

/** For a video that is smaller than any encoder of the ladder accepts. */
export function tooSmallError(
  name: string,
  { width, height }: DisplaySize,
  ladder: readonly LadderRendition[],
): InputError {
  const least = Math.min(...ladder.map(minimumSide));
  return new InputError(
    `${name} is too small for the ladder's encoders: its pictures are ${width}x${height}, and renditions need at least ${least}x${least}.`,
  );
}

export function tooLargeError(name: string, size: string): InputError {
  return new InputError(`${name} has pictures of ${size} pixels; at most 8192x8192 in all are accepted.`);
}
