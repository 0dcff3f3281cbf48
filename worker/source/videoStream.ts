import type { LadderRendition } from "../../contract/plan";
import { InputError } from "../errors";
import { firstComplaint } from "../ffmpeg/failure";
import { pathOf } from "../ffmpeg/program";
import { remedy } from "../ffmpeg/remedy";
import { MAX_PIXELS } from "../ffmpeg/input";
import { leastSide } from "../plan/minimumSide";
import type { DisplaySize } from "../plan/renditions";
import type { Probe, ProbeStream } from "./ffprobe/output";
import { isEncryptedFile } from "./refusals/encryption";

/**
 * The sentence for a file that ffprobe refused, from what it wrote. A file called `.mp4` that is nothing of the kind is
 * reported by ffprobe like an MP4 without an index, so the first bytes decide.
 */
export function unreadable(name: string, head: Buffer, stderr: string): InputError {
  if (isEncryptedFile(head)) return encrypted(name);
  if (/moov atom not found/.test(stderr) && beginsLikeMp4(head)) {
    return new InputError(`${name} is cut off: it is an MP4 whose index (the moov box) is missing.`);
  }
  const size = /Picture size (\d+x\d+) is invalid/.exec(stderr);
  if (size) return tooLarge(name, size[1] ?? "");
  // Newer versions call a playlist none unless the file's name does too.
  if (/not on whitelist|Not detecting m3u8/.test(stderr)) {
    return new InputError(`${name} is not a video file; MP4, MOV, MKV, WebM, TS, AVI, MXF and the like are accepted.`);
  }
  // Of the file itself it says that nothing reads it; what else it says is of what it found in there.
  if (/^(?:file|https?):.*: /m.test(stderr)) {
    return new InputError(`${name} is not a video file: nothing in it has a format that can be read.`);
  }
  return new InputError(
    `${name} can't be decoded by ${pathOf("ffprobe")} (${firstComplaint(stderr)}); if the file plays elsewhere, ${remedy("blind", "ffprobe")}`,
  );
}

function beginsLikeMp4(head: Buffer): boolean {
  return ["ftyp", "moov", "mdat", "free", "skip", "wide", "pnot"].includes(head.toString("latin1", 4, 8));
}

/** Whatever it is that a file holds, without a key it can't be seen. */
export function encrypted(name: string): InputError {
  return new InputError(`${name} is encrypted; give the pipeline a file without encryption (DRM).`);
}

/** The video stream to transcode, if the file has one that can be. */
export function chooseVideo(name: string, { streams }: Probe): ProbeStream {
  const pictures = streams.filter(({ codec_type }) => codec_type === "video");
  const moving = pictures.filter(({ disposition }) => !disposition?.["attached_pic"]);
  const video = preferred(moving);
  if (!video) {
    const rest = [...new Set(streams.map(({ codec_type }) => codec_type).filter((type) => type !== "video"))].join(
      " and ",
    );
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
  if (width * height > MAX_PIXELS) throw tooLarge(name, `${width}x${height}`);
  if (width < 2 || height < 2) throw new InputError(`${name} has no readable picture size (${width}x${height}).`);
  return video;
}

function preferred(streams: readonly ProbeStream[]): ProbeStream | undefined {
  return streams.find(({ disposition }) => disposition?.["default"]) ?? streams[0];
}

/** Of a ladder of codecs that don't go so low. */
export function tooSmall(name: string, { width, height }: DisplaySize, ladder: readonly LadderRendition[]): InputError {
  const least = Math.min(...ladder.map(leastSide));
  return new InputError(
    `${name} is too small for the ladder's encoders: its pictures are ${width}x${height}, and renditions need at least ${least}x${least}.`,
  );
}

function tooLarge(name: string, size: string): InputError {
  return new InputError(`${name} has pictures of ${size} pixels; at most 8192x8192 in all are accepted.`);
}
