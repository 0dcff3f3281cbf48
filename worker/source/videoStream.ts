import { InputError } from "../errors/errors";
import { MAX_PIXELS } from "../ffmpeg/input";
import type { Probe, ProbeStream } from "./ffprobe/output";
import { tooLargeError } from "./refusals/pictureSize";

/** What messages call several streams of a kind, unless it is a word for any number. */
const PLURALS: Record<string, string> = { subtitle: "subtitles", attachment: "attachments" };

/** Picks the video stream to transcode, and refuses a file that has none that can be. */
export function selectVideoStream(name: string, { streams }: Probe): ProbeStream {
  const pictures = streams.filter(({ codec_type }) => codec_type === "video");
  const moving = pictures.filter(({ disposition }) => !disposition?.["attached_pic"]);
  const video = preferredStream(moving.filter((stream) => !isItem(stream))) ?? preferredStream(moving);
  if (!video) {
    const others = streams.flatMap(({ codec_type = "" }) =>
      codec_type === "video" ? [] : (PLURALS[codec_type] ?? codec_type),
    );
    const rest = [...new Set(others)].join(" and ");
    if (pictures.length > 0)
      throw new InputError(`${name} has no video stream, only ${rest || "nothing"} and a cover picture.`);
    throw new InputError(`${name} has no video stream, only ${rest || "an empty container"}.`);
  }
  if (!video.codec_name || video.codec_name === "unknown") {
    throw new InputError(
      `${name} holds video in a codec that ffmpeg doesn't know (${video.codec_tag_string ?? "no tag"}).`,
    );
  }
  const { width = 0, height = 0 } = video;
  if (width * height > MAX_PIXELS) throw tooLargeError(name, `${width}x${height}`);
  if (width === 0 || height === 0) throw new InputError(`${name} has no readable picture size; export it again.`);
  if (width < 2 || height < 2)
    throw new InputError(`${name} has pictures of ${width}x${height} pixels; at least 2x2 are accepted.`);
  return video;
}

/**
 * Whether a stream is a still picture beside the tracks of a HEIC or AVIF, as in animations, whose cover it is. ffmpeg 7 and later list
 * it, with one picture and no length.
 */
function isItem({ nb_frames, duration_ts }: ProbeStream): boolean {
  return nb_frames === "1" && duration_ts === undefined;
}

function preferredStream(streams: readonly ProbeStream[]): ProbeStream | undefined {
  const enabled = streams.filter(({ disabled }) => !disabled);
  return enabled.find(({ disposition }) => disposition?.["default"]) ?? enabled[0] ?? streams[0];
}
