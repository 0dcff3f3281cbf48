import { InputError } from "../errors/errors";
import type { Banner } from "./banner";
import { isSupported, OLDEST_VERSION } from "./banner";
import { pathOf, type ProgramName } from "./program";
import { remedy } from "./remedy";

/** Refuses older versions, which fail halfway or produce different output. */
export function assertSupported(found: Banner, program: ProgramName = "ffmpeg"): void {
  if (isSupported(found)) return;
  const { version } = found;
  throw new InputError(
    `${pathOf(program)} is version ${version}, and ${OLDEST_VERSION} or later is needed: ${remedy("outdated", program)}`,
  );
}
