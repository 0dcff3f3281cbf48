import { INPUT_OPTIONS, QUIET } from "../../ffmpeg/input";

/** The options that every ffprobe gets, up to `-i`. It knows neither `-nostdin` nor `-nostats`. */
export const PROBE_OPTIONS: readonly string[] = [
  ...QUIET.filter((option) => option !== "-nostdin" && option !== "-nostats"),
  ...INPUT_OPTIONS,
];
