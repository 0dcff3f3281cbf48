import type { ColourChange, PlanSource } from "../../contract/plan";
import type { MediaInput } from "../ffmpeg/input";
import { isKeyframe } from "../plan/split";
import type { ProbeStream } from "../source/ffprobe/output";
import type { FrameScan } from "../source/frames/scanFrames";
import { isHdr, sourceColour } from "../source/picture/colour";
import { readFirstFrame } from "../source/picture/firstFrame";
import { prevailing } from "../source/picture/prevailing";
import { assertConvertible, unplacedColoursError } from "../source/refusals/colour";

/** What the plan says of the colours. Refuses those that can't be converted. */
export async function describeColours(
  input: MediaInput,
  video: ProbeStream,
  scan: FrameScan,
  colours: readonly ColourChange[] | undefined,
  name: string,
): Promise<Pick<PlanSource, "colour" | "colours">> {
  if (!colours) {
    const sideData = isHdr(video) ? await readFirstFrame(input, video, scan.packetsToKeyframe, name) : [];
    const colour = sourceColour(video, sideData);
    assertConvertible(name, colour);
    return colour ? { colour } : {};
  }
  for (const { colour } of colours) assertConvertible(name, colour);
  if (!colours.slice(1).every(({ from }) => isKeyframe(scan, from))) throw unplacedColoursError(name);
  return { ...prevailing(colours, scan.end), colours: [...colours] };
}
