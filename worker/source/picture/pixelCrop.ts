import type { PictureCrop } from "../../../contract/plan";
import { isContainer } from "../ffprobe/isContainer";
import type { Probe, ProbeStream } from "../ffprobe/output";
import { type Element, elements, readTracks, valueOf, VIDEO } from "../matroska/elements";
import { trackOf } from "../matroska/trackOf";
import type { ReadUpTo } from "../../storage/readRange";
import { reducedRatio } from "./reducedRatio";

/** Elements of Matroska (RFC 9559) by their identifiers. */
const [WIDTH, HEIGHT, TOP, BOTTOM, LEFT, RIGHT] = [0xb0, 0xba, 0x54bb, 0x54aa, 0x54cc, 0x54dd];
const [DISPLAY_WIDTH, DISPLAY_HEIGHT, DISPLAY_UNIT] = [0x54b0, 0x54ba, 0x54b2];

/** Units of the displayed size that ffmpeg knows nothing to do with. */
const UNKNOWN_UNIT = 4;

/**
 * What Matroska says to cut off all pictures of a video stream. ffmpeg 7.1 and later do so by themselves; earlier ones don't, and take the
 * size at which the rest is shown for that of the whole.
 */
export async function readPixelCrop(
  read: ReadUpTo,
  { format, streams }: Probe,
  stream: ProbeStream,
): Promise<PictureCrop | undefined> {
  if (!isContainer(format, ["matroska"])) return undefined;
  const track = trackOf(await readTracks(read), streams, stream);
  const video = track?.find(({ id }) => id === VIDEO);
  return video && cropOf(elements(video.body));
}

function cropOf(video: readonly Element[]): PictureCrop | undefined {
  const value = (id: number): number => valueOf(video, id);
  const [left, top] = [value(LEFT), value(TOP)];
  const [width, height] = [value(WIDTH) - left - value(RIGHT), value(HEIGHT) - top - value(BOTTOM)];
  const isWhole = width === value(WIDTH) && height === value(HEIGHT);
  if (isWhole || width <= 0 || height <= 0) return undefined;
  const [across, down] = [value(DISPLAY_WIDTH), value(DISPLAY_HEIGHT)];
  const isStated = across > 0 && down > 0 && value(DISPLAY_UNIT) < UNKNOWN_UNIT;
  return { left, top, width, height, pixel: isStated ? reducedRatio(across * height, down * width) : [1, 1] };
}

/** The stream as its pictures are after cropping. */
export function withCrop(video: ProbeStream, { width, height, pixel }: PictureCrop): ProbeStream {
  return { ...video, width, height, sample_aspect_ratio: pixel.join(":") };
}
