import type { PlanSource } from "../../../contract/plan";

/** By degrees: filters that rotate a picture, and filters that mirror it too. */
const ROTATIONS: Record<number, [rotate: string[], mirrored: string[]]> = {
  0: [[], ["vflip"]],
  90: [["transpose=clock"], ["transpose=cclock_flip"]],
  180: [["hflip", "vflip"], ["hflip"]],
  270: [["transpose=cclock"], ["transpose=clock_flip"]],
};

/** Later versions would state the rotation in what they encode, too. */
const FORGET_ROTATION = "sidedata=mode=delete:type=DISPLAYMATRIX";

/** Rotates pictures that state it themselves. ffmpeg itself rotates the others, before any filter. */
export function rotateByPicture({ turn }: Pick<PlanSource, "turn">): string[] {
  if (!turn?.byPicture) return [];
  return [...(ROTATIONS[turn.degrees]?.[turn.mirrored ? 1 : 0] ?? []), FORGET_ROTATION];
}

/**
 * Options of an input whose pictures state their rotation. Usually only keyframes do, and version 5 of ffmpeg then rotates no others, while
 * later ones rotate all from the first on.
 */
export function rotationOptions({ turn }: Pick<PlanSource, "turn">): string[] {
  return turn?.byPicture ? ["-noautorotate"] : [];
}
