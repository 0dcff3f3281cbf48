import type { SourceColour } from "../../../contract/plan";
import { InputError } from "../../errors/errors";
import { isConvertible } from "../../video/filters/colourFilters";

/** Refuses a video whose colours no filter of ffmpeg converts, before anything is encoded. */
export function assertConvertible(name: string, colour: SourceColour | undefined): void {
  if (!colour || isConvertible(colour)) return;
  const range = colour.transfer === "bt709" ? "" : " in HDR";
  throw new InputError(
    `${name} uses the colour matrix ${colour.matrix}${range}, which ffmpeg can't convert; if this tag is wrong, correct it, and otherwise encode the video with another matrix.`,
  );
}
