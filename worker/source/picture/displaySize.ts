import type { DisplaySize } from "../../plan/renditions";
import type { ProbeStream } from "../ffprobe/output";
import { rotationOf } from "./rotation";

/** The size at which a player shows the picture: in square pixels, with the rotation applied. */
export function displaySize({ width = 0, height = 0, sample_aspect_ratio, side_data_list }: ProbeStream): DisplaySize {
  const [across = 0, down = 0] = (sample_aspect_ratio ?? "").split(":").map(Number);
  // Pixels may be so narrow that less than one is left.
  const shown = { width: across > 0 && down > 0 ? Math.max(1, Math.round((width * across) / down)) : width, height };
  const quarterTurns = Math.round((rotationOf({ side_data_list })?.degrees ?? 0) / 90);
  return quarterTurns % 2 === 0 ? shown : { width: shown.height, height: shown.width };
}
