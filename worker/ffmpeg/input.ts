import type { MediaInput } from "../storage/storage";

/**
 * The containers that are accepted. Playlists and concatenation scripts are not among them: they make ffmpeg open whatever they name,
 * and the author of a video must not choose what is read on this machine.
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

/** Larger pictures are refused before any memory is allocated for them. */
export const MAX_PIXELS = 8192 * 8192;

/** The options to put before `-i` wherever a source is opened, so that every program has the same restrictions. */
export function inputOptions(input: MediaInput): string[] {
  return [
    ...["-protocol_whitelist", input.protocols.join(",")],
    ...["-format_whitelist", CONTAINERS.join(",")],
    ...["-max_pixels", String(MAX_PIXELS)],
    // AVI has no display timestamps. Generated here, they are the same for every program that opens the file.
    ...["-fflags", "+genpts"],
    ...input.options,
  ];
}

/** Makes ffmpeg print only errors, and never ask anything. */
export const QUIET = ["-hide_banner", "-nostdin", "-nostats", "-loglevel", "error"];
