import { InputError } from "../../errors/errors";

/** For HEVC in which some pictures are single fields and others whole: ffmpeg decodes them to pictures of different heights. */
export function mixedFieldsError(name: string): InputError {
  return new InputError(
    `${name} is HEVC in which some pictures are single fields and others are whole frames, and these can't be joined into one video; encode it as H.264 or ProRes, or deinterlace it first.`,
  );
}
