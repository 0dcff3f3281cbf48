import { assertNotInterrupted, assertReadWhole, type ProgramExit } from "../../ffmpeg/failure";

/** ffprobe fails where it can't seek to a place, of which nothing can be learnt then. */
const CANT_SEEK = /^(?:\[[^\]]*\] )*Could not seek to position /m;

/** Throws unless ffprobe has read all that can be read. It does so also in a damaged file, whose parts it skips. */
export function assertRead(name: string, exit: ProgramExit): void {
  if (CANT_SEEK.test(exit.stderr)) assertNotInterrupted(name, exit);
  else assertReadWhole(name, exit);
}
