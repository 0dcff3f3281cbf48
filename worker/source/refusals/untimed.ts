import { InputError } from "../../errors/errors";
import { isContainer } from "../ffprobe/isContainer";
import type { Probe } from "../ffprobe/output";

/** For a video whose frames have no times that could be worked out. Matroska has one for each, and ffmpeg passes over those below 0. */
export function untimedError(name: string, { format }: Pick<Probe, "format">): InputError {
  return new InputError(
    isContainer(format, ["matroska", "webm"])
      ? `${name} has frames whose timestamps are negative, or missing, and ffmpeg reads neither; export it again with timestamps from 0 on.`
      : `${name} has frames without timestamps; remux it, for example into MKV.`,
  );
}
