import { InputError } from "../../errors/errors";

/** For a file in a format that ffmpeg reads and the pipeline doesn't take: a picture, sound alone, a playlist. */
export function notVideoError(name: string): InputError {
  return new InputError(`${name} isn't a video file; MP4, MOV, MKV, WebM, TS, AVI, MXF and the like are accepted.`);
}
