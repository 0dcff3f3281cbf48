import type { Plan, PlanRendition } from "../../contract/plan";
import { withDisplayBoxes } from "../fmp4/displayBoxes";
import { withTimescale } from "../fmp4/initSegment";
import { videoCodecOf } from "./codecs/videoCodecs";

/** The encoder's initialisation segment with the plan's timescale, and for HDR with the display that the source names. */
export function normaliseInit(init: Buffer, { source, timeline }: Plan, rendition: PlanRendition): Buffer {
  const timed = withTimescale(init, timeline.timescale);
  const { colour } = rendition;
  if (!colour || colour.range === "SDR" || !source.colour) return timed;
  return withDisplayBoxes(timed, videoCodecOf(rendition).displayBoxes(source.colour));
}
