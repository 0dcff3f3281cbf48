import type { PlanSource } from "../../../contract/plan";
import { applyToStoredPictures } from "./applyToStoredPictures";

/** Cuts off what the container says, unless ffmpeg has done so already, and corrects the shape of pixels, which depends on it. */
export function cropPictures(source: Pick<PlanSource, "crop" | "turn">): string[] {
  if (!source.crop) return [];
  const { left, top, width, height, pixel } = source.crop;
  const size = `w='min(iw,${width})':h='min(ih,${height})'`;
  const place = `x='if(gt(iw,${width}),${left},0)':y='if(gt(ih,${height}),${top},0)'`;
  return applyToStoredPictures(source, [`crop=${size}:${place}`, `setsar=${pixel.join("/")}`]);
}
