import { inputOptions, QUIET } from "../../ffmpeg/input";
import type { MediaInput } from "../../storage/storage";

/** The options that every ffprobe gets, up to `-i`. It knows neither `-nostdin` nor `-nostats`. */
export function probeOptions(input: MediaInput): string[] {
  return [...QUIET.filter((option) => option !== "-nostdin" && option !== "-nostats"), ...inputOptions(input)];
}
