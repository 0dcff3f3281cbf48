/** What ffmpeg and ffprobe read the source from. */
export interface MediaInput {
  /** Where this process serves it. It must appear in no message. */
  url: string;
  /** What messages call it instead. */
  name: string;
  /** Aborted, with the reason, when a part of it couldn't be delivered. Whatever a program then makes of it is worthless. */
  failed: AbortSignal;
}

/** The only protocols that ffmpeg may use, even if the content refers to others. */
const PROTOCOLS = ["http", "tcp"];

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
export const INPUT_OPTIONS: readonly string[] = [
  ...["-protocol_whitelist", PROTOCOLS.join(",")],
  ...["-format_whitelist", CONTAINERS.join(",")],
  ...["-max_pixels", String(MAX_PIXELS)],
  // AVI has no display timestamps. Generated here, they are the same for every program that opens the file.
  ...["-fflags", "+genpts"],
];

/**
 * Lets ffmpeg succeed however many pictures it can't decode. A recording may begin with more of them than it has others, and whether all
 * that must come has come is counted.
 */
export const ANY_ERROR_RATE = ["-max_error_rate", "1"];

/**
 * Lets decoders cut off exactly what the codec says. Before version 7.1 they leave some pixels at the left and lose as many at the right if the
 * rest wouldn't begin at a multiple of some bytes in memory.
 */
export const EXACT_CROP = ["-flags", "+unaligned"];

/** Makes ffmpeg print only errors, and never ask anything. */
export const QUIET = ["-hide_banner", "-nostdin", "-nostats", "-loglevel", "error"];
