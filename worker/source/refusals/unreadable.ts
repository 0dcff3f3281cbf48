import { InputError } from "../../errors/errors";
import { firstError } from "../../ffmpeg/failure";
import { pathOf } from "../../ffmpeg/program";
import { remedy } from "../../ffmpeg/remedy";
import { beginsLikeMp4 } from "../../fmp4/fileBoxes";
import { encryptedError, isEncryptedFile } from "./encryption";
import { notVideoError } from "./notVideo";
import { tooLargeError } from "./pictureSize";

/**
 * Explains why ffprobe refused a file, from what it wrote. ffprobe reports any file called `.mp4` that is not one as an MP4 without an
 * index, so the first bytes decide.
 */
export function unreadableError(name: string, head: Buffer, stderr: string): InputError {
  if (isEncryptedFile(head)) return encryptedError(name);
  if (/Protocol not found/.test(stderr)) {
    const ffprobe = pathOf("ffprobe");
    return new InputError(
      `${ffprobe} was built without the http protocol, which it needs to read sources: ${remedy("incomplete", "ffprobe")}`,
    );
  }
  if (/requires zlib support/.test(stderr)) {
    const ffprobe = pathOf("ffprobe");
    return new InputError(
      `${name} has a compressed index, and ${ffprobe} was built without zlib, which it needs to read that: ${remedy("incomplete", "ffprobe")}`,
    );
  }
  if (/moov atom not found/.test(stderr) && beginsLikeMp4(head)) {
    return new InputError(
      `${name} is cut off: it is an MP4 whose index (the moov box) is missing; upload or export it again.`,
    );
  }
  const size = /Picture size (\d+x\d+) is invalid/.exec(stderr);
  if (size) return tooLargeError(name, size[1] ?? "");
  // Newer versions recognise a playlist only if the file's name looks like one too.
  if (/not on whitelist|Not detecting m3u8/.test(stderr)) {
    return notVideoError(name);
  }
  // A line that begins with the input's name means that no demuxer takes the file; any other line is about something inside it.
  if (/^(?:file|s3):.*: /m.test(stderr)) {
    return new InputError(`${name} isn't a video file: it has no format that ffprobe can read.`);
  }
  return new InputError(
    `${name} can't be decoded by ${pathOf("ffprobe")} (${firstError(stderr)}); if the file plays elsewhere, ${remedy("undecodable", "ffprobe")}`,
  );
}
