import type { LadderRendition, Plan } from "../../../contract/plan";
import { InputError } from "../../errors/errors";
import { maximumSize } from "../../plan/maximumSize";
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

/** Refuses a video of such a shape that a rendition would have a longer side than its encoder takes, as pixels of a wrong shape can make it. */
export function assertEncodableSizes(name: string, { source, renditions }: Pick<Plan, "source" | "renditions">): void {
  for (const planned of renditions) {
    const { name: rendition, width, pictureHeight, codec } = planned;
    const most = maximumSize(planned);
    if (width <= most.width && pictureHeight <= most.height) continue;
    throw new InputError(
      `${name} is shown at ${source.width}x${source.height}, so rendition ${rendition} would have ${width}x${pictureHeight} pixels, and ${codec ?? "h264"} takes at most ${most.width}x${most.height}; correct the video's aspect ratio if it is wrong, and otherwise leave the rendition out.`,
    );
  }
}

export function tooLargeError(name: string, size: string): InputError {
  return new InputError(`${name} has pictures of ${size} pixels; at most 8192x8192 in total are accepted.`);
}
