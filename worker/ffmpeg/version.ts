import { InputError } from "../errors";
import type { Banner } from "./banner";
import { isSupported, OLDEST } from "./banner";
import { pathOf, type ProgramName } from "./program";
import { remedy } from "./remedy";

/** Older ones fail somewhere in the middle, or make something else. */
export function assertSupported(found: Banner, program: ProgramName = "ffmpeg"): void {
  if (isSupported(found)) return;
  const { version } = found;
  throw new InputError(
    `${pathOf(program)} is version ${version}, and ${OLDEST} or later is needed: ${remedy("old", program)}`,
  );
}
