import type { SourceColour } from "../../../contract/plan";
import { InputError } from "../../errors/errors";
import { isConvertible } from "../../video/filters/colourFilters";

/** For a video whose pictures are converted in one way, but coded in several. */
export function changingColourError(name: string, before: string, after: string, seconds: number): InputError {
  return new InputError(
    `${name} changes the coding of its colours after ${seconds.toFixed(1)} seconds, from ${before} to ${after}, and all its pictures are converted alike; cut it there, or encode it with one coding first.`,
  );
}

/** Refuses a video whose colours no filter of ffmpeg converts, before anything is encoded. */
export function assertConvertible(name: string, colour: SourceColour | undefined): void {
  if (!colour || isConvertible(colour)) return;
  const range = colour.transfer === "bt709" ? "" : " in HDR";
  throw new InputError(
    `${name} uses the colour matrix ${colour.matrix}${range}, which ffmpeg can't convert; if this tag is wrong, correct it, and otherwise encode the video with another matrix.`,
  );
}
