import type { Plan, PlanRendition } from "../../contract/plan";
import type { GopGrid } from "./encoders/gopGrid";
import { libvpx } from "./encoders/libvpx";
import { nvenc } from "./encoders/nvenc";
import { svtAv1 } from "./encoders/svtAv1";
import { x264 } from "./encoders/x264";
import { x265 } from "./encoders/x265";

/** The rendition's encoder, with closed GOPs that begin at the same pictures in every rendition. */
export function videoCodec(plan: Plan, rendition: PlanRendition, grid: GopGrid | undefined): string[] {
  if (rendition.encoder === "nvenc") return nvenc(plan, rendition);
  if (grid) return svtAv1(plan, rendition, grid);
  if (rendition.codec === "hevc") return x265(plan, rendition);
  if (rendition.codec === "vp9") return libvpx(plan, rendition);
  return x264(plan, rendition);
}
