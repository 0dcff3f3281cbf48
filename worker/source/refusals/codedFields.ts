import { InputError } from "../../errors/errors";
import type { Probe, ProbeStream } from "../ffprobe/output";

/** Refuses HEVC that codes each field as a picture of its own: ffmpeg decodes them to pictures of half the height, and doesn't join them. */
export function assertWholePictures(name: string, { frames = [] }: Probe, { index, codec_name }: ProbeStream): void {
  if (codec_name !== "hevc") return;
  // ffmpeg says so only of HEVC pictures that are single fields.
  if (!frames.some(({ stream_index, interlaced_frame }) => stream_index === index && interlaced_frame === 1)) return;
  throw new InputError(
    `${name} is HEVC in single fields, which ffmpeg doesn't join to pictures; encode it as H.264 or ProRes, or deinterlace it first.`,
  );
}
