import type { SourceColour } from "../../../contract/plan";
import { InputError } from "../../errors/errors";
import { isConvertible } from "../../video/filters/colourFilters";

/** For a video that is HDR in part, or HDR that is coded in several ways. */
export function changingColourError(name: string, before: string, after: string, seconds: number): InputError {
  return new InputError(
    `${name} changes the coding of its colours after ${seconds.toFixed(1)} seconds, from ${before} to ${after}, and HDR has to be coded alike from beginning to end; cut it there, or encode it with one coding first.`,
  );
}

export function manyColoursError(name: string, most: number): InputError {
  return new InputError(
    `${name} changes the coding of its colours more than ${most} times; encode it with one coding first.`,
  );
}

/** For a video in which no chunk can begin where another coding of colours does. */
export function unplacedColoursError(name: string): InputError {
  return new InputError(
    `${name} changes the coding of its colours where its timestamps don't rise, and each coding has to begin with a keyframe of its own time; encode it with one coding first.`,
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
