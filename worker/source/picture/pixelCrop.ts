import type { PictureCrop } from "../../../contract/plan";
import { isContainer } from "../ffprobe/isContainer";
import type { Probe, ProbeStream } from "../ffprobe/output";
import type { ReadRange } from "../refusals/truncation";
import { reducedRatio } from "./reducedRatio";

/** Elements of Matroska (RFC 9559) by their identifiers. */
const [SEGMENT, TRACKS, CLUSTER] = [0x18538067, 0x1654ae6b, 0x1f43b675];
const [TRACK, TYPE, VIDEO] = [0xae, 0x83, 0xe0];
const [WIDTH, HEIGHT, TOP, BOTTOM, LEFT, RIGHT] = [0xb0, 0xba, 0x54bb, 0x54aa, 0x54cc, 0x54dd];
const [DISPLAY_WIDTH, DISPLAY_HEIGHT, DISPLAY_UNIT] = [0x54b0, 0x54ba, 0x54b2];

/** Units of the displayed size that ffmpeg knows nothing to do with. */
const UNKNOWN_UNIT = 4;

/** Bytes of an identifier and a size. */
const HEADER = 12;

/** Descriptions of tracks are shorter, with all that decoders need. */
const MAX_TRACKS = 1 << 24;

/** More elements than any file has before its tracks. */
const MAX_ELEMENTS = 100;

/**
 * What Matroska says to cut off all pictures of a video stream. ffmpeg 7.1 and later do so by themselves; earlier ones don't, and take the
 * size at which the rest is shown for that of the whole.
 */
export async function readPixelCrop(
  read: ReadRange,
  { format, streams }: Probe,
  { index }: ProbeStream,
): Promise<PictureCrop | undefined> {
  if (!isContainer(format, ["matroska"])) return undefined;
  const tracks = await readTracks(read);
  // Covers are attachments, and no tracks.
  const videos = streams.filter(
    ({ codec_type, disposition }) => codec_type === "video" && !disposition?.["attached_pic"],
  );
  const track = elements(tracks)
    .filter(({ id }) => id === TRACK)
    .map(({ body }) => elements(body))
    .filter((entry) => valueOf(entry, TYPE) === 1)[videos.findIndex((stream) => stream.index === index)];
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

interface Element {
  id: number;
  body: Buffer;
}

/** The contents of the element with the descriptions of tracks. Empty where they don't come before the media. */
async function readTracks(read: ReadRange): Promise<Buffer> {
  let at = 0;
  for (let count = 0; count < MAX_ELEMENTS; count++) {
    const header = parseHeader(await read(at, HEADER));
    if (!header || header.id === CLUSTER) break;
    const body = at + header.bytes;
    if (header.id === TRACKS) return header.size <= MAX_TRACKS ? read(body, header.size) : Buffer.alloc(0);
    // The segment has all other elements within it.
    at = header.id === SEGMENT ? body : body + header.size;
  }
  return Buffer.alloc(0);
}

function elements(bytes: Buffer): Element[] {
  const found: Element[] = [];
  for (let at = 0; ;) {
    const header = parseHeader(bytes.subarray(at, at + HEADER));
    if (!header) return found;
    const body = at + header.bytes;
    found.push({ id: header.id, body: bytes.subarray(body, body + header.size) });
    at = body + header.size;
  }
}

/** Both numbers begin with as many zero bits as they have further bytes; a size without the one that follows. */
function parseHeader(bytes: Buffer): { id: number; size: number; bytes: number } | undefined {
  const idBytes = Math.clz32(bytes[0] ?? 0) - 23;
  const sizeBytes = Math.clz32(bytes[idBytes] ?? 0) - 23;
  if (idBytes > 4 || sizeBytes > 8 || bytes.length < idBytes + sizeBytes) return undefined;
  // Without the bit that says how long it is.
  const size = numberOf(
    bytes.subarray(idBytes, idBytes + sizeBytes).map((byte, at) => (at > 0 ? byte : byte & (0xff >> sizeBytes))),
  );
  return { id: bytes.readUIntBE(0, idBytes), size, bytes: idBytes + sizeBytes };
}

/** A number, 0 if it is absent. */
function valueOf(parent: readonly Element[], id: number): number {
  return numberOf(parent.find((element) => element.id === id)?.body ?? []);
}

function numberOf(bytes: Iterable<number>): number {
  return [...bytes].reduce((sum, byte) => sum * 256 + byte, 0);
}
