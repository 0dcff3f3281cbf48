import type { Plan, PlanRendition } from "../../../contract/plan";
import type { GopGrid } from "./gopGrid";

export interface VideoEncoder {
  /** The ffmpeg arguments that make closed GOPs, which begin at the same pictures in every rendition. */
  arguments: (plan: Plan, rendition: PlanRendition) => string[];
  /** Present where keyframes can't be forced. */
  gopGrid?: (plan: Plan) => GopGrid;
}
