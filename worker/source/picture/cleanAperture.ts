import type { CleanAperture, PictureCrop } from "../../../contract/plan";
import { type FileBox, fileBoxes, findFileBoxes, type ReadUpTo } from "../../fmp4/fileBoxes";
import { ENTRY_FIELDS } from "../../fmp4/initSegment";
import type { ProbeStream } from "../ffprobe/output";
import type { MediaTrack, Track } from "../mp4/movie";
import { reducedRatio } from "./reducedRatio";

/** Bytes of version, flags and the number of entries before the first of them. */
const ENTRIES = 8;

/** Bytes of a box's header. */
const HEADER = 8;

/**
 * Finds the part of its pictures that an MP4 or MOV shows (ISO/IEC 14496-12, 12.1.4), unless it shows them whole. ffmpeg 7.1
 * and later crop accordingly, 7.1 refuses a file whose description is wrong, and earlier versions ignore it.
 */
export async function findCleanApertures(read: ReadUpTo, tracks: readonly MediaTrack[]): Promise<CleanAperture[]> {
  const found: CleanAperture[] = [];
  for (const track of tracks) if (track.what === "pictures") found.push(...(await aperturesOf(read, track)));
  return found;
}

async function aperturesOf(read: ReadUpTo, track: Track): Promise<CleanAperture[]> {
  const found: CleanAperture[] = [];
  for (const { body, end } of await findFileBoxes(read, track.box, "mdia", "minf", "stbl", "stsd")) {
    for await (const entry of fileBoxes(read, body + ENTRIES, end)) {
      found.push(...(await aperturesIn(read, entry, track)));
    }
  }
  return found;
}

async function aperturesIn(read: ReadUpTo, entry: FileBox, { id, header }: Track): Promise<CleanAperture[]> {
  const fields = await read(entry.body, ENTRY_FIELDS.video);
  const inside = { body: entry.body + ENTRY_FIELDS.video, end: entry.end };
  const [ratio] = await findFileBoxes(read, inside, "pasp");
  const stated = ratio && (await read(ratio.body, 8));
  const found: CleanAperture[] = [];
  for (const { at, body } of await findFileBoxes(read, inside, "clap")) {
    const coded: Size = { width: fields.readUInt16BE(24), height: fields.readUInt16BE(26) };
    const crop = cropOf(coded, await read(body, 32));
    if (crop && crop.width === coded.width && crop.height === coded.height) continue;
    const pixel = crop && (pixelStated(stated) ?? pixelShown(coded, crop, header));
    found.push({ track: id, at: at + HEADER / 2, ...(crop ? { crop: { ...crop, ...(pixel ? { pixel } : {}) } } : {}) });
  }
  return found;
}

interface Size {
  width: number;
  height: number;
}

/** Undefined if the crop would show nothing of the pictures, or something outside them. Players then show all of them. */
function cropOf({ width, height }: Size, box: Buffer): Omit<PictureCrop, "pixel"> | undefined {
  if (box.length < 32) return undefined;
  const numbers = Array.from({ length: 8 }, (_, index) => BigInt(box.readInt32BE(4 * index)));
  const [w = 0n, wUnit = 0n, h = 0n, hUnit = 0n, x = 0n, xUnit = 0n, y = 0n, yUnit = 0n] = numbers;
  const across = shownOf(BigInt(width), [w, wUnit], [x, xUnit]);
  const down = shownOf(BigInt(height), [h, hUnit], [y, yUnit]);
  return across && down && { left: across.first, top: down.first, width: across.count, height: down.count };
}

type Fraction = [numerator: bigint, denominator: bigint];

/** The first pixel that is shown, and how many. Fractions of pixels are rounded as ffmpeg does. */
function shownOf(whole: bigint, [length, unit]: Fraction, [offset, offsetUnit]: Fraction) {
  if (unit <= 0n || offsetUnit <= 0n || length <= 0n || length > whole * unit) return undefined;
  // The first pixel and the last lie half the length less one pixel from the middle, which the offset moves.
  const [middle, half] = [(whole - 1n) * offsetUnit * unit + 2n * offset * unit, (length - unit) * offsetUnit];
  const [first, last] = [middle - half, middle + half].map((twice) => Number(twice / (2n * unit * offsetUnit)));
  if (first === undefined || last === undefined || first < 0 || last < first || last > Number(whole) - 1)
    return undefined;
  return { first, count: last - first + 1 };
}

function pixelStated(ratio: Buffer | undefined): [number, number] | undefined {
  const [width, height] = ratio && ratio.length >= 8 ? [ratio.readUInt32BE(0), ratio.readUInt32BE(4)] : [0, 0];
  return width > 0 && height > 0 ? [width, height] : undefined;
}

/** The shape of pixels that the size makes at which the track is shown, unless that takes no notice of what is cut off. */
function pixelShown(coded: Size, crop: Size, trackHeader: Buffer): [number, number] | undefined {
  // With 16 bits after the point.
  const [width = 0, height = 0] = [8, 4].map((fromEnd) => trackHeader.readUInt32BE(trackHeader.length - fromEnd));
  const isWhole = width === coded.width * 0x10000 && height === coded.height * 0x10000;
  if (width === 0 || height === 0 || isWhole) return undefined;
  return reducedRatio(width * crop.height, height * crop.width);
}

/** What is cut off the pictures of a stream. */
export function apertureOf(apertures: readonly CleanAperture[], stream: ProbeStream): PictureCrop | undefined {
  const crop = apertures.find(({ track }) => track === Number(stream.id))?.crop;
  if (!crop) return undefined;
  const [across = 0, down = 0] = (stream.sample_aspect_ratio ?? "").split(":").map(Number);
  return { pixel: across > 0 && down > 0 ? [across, down] : [1, 1], ...crop };
}
