import type { MediaInput } from "../storage/storage";

/**
 * Containers that a video may come in. Playlists and concatenation scripts are not among them: they make ffmpeg open
 * whatever they name, and a video's author is not to choose what is read on this machine.
 */
const CONTAINERS = [
  "mov",
  "matroska",
  "webm",
  "mpegts",
  "mpeg",
  "mpegvideo",
  "avi",
  "flv",
  "asf",
  "ogg",
  "mxf",
  "gxf",
  "nut",
  "wtv",
  "dv",
  "rm",
  "ivf",
  "obu",
  "h264",
  "hevc",
  "m4v",
  "yuv4mpegpipe",
];

/** More pixels than 8192×8192 are refused before anything is allocated for them. */
export const MAX_PIXELS = 8192 * 8192;

/** What comes before `-i` wherever a source is opened: the same restrictions for every program. */
export function inputOptions(input: MediaInput): string[] {
  return [
    ...["-protocol_whitelist", input.protocols.join(",")],
    ...["-format_whitelist", CONTAINERS.join(",")],
    ...["-max_pixels", String(MAX_PIXELS)],
    // AVI has no display timestamps; made here, they are the same for whoever opens the file.
    ...["-fflags", "+genpts"],
    ...input.options,
  ];
}

/** ffmpeg never asks, and prints nothing but what is wrong. */
export const QUIET = ["-hide_banner", "-nostdin", "-nostats", "-loglevel", "error"];
