import { type Box, boxesIn } from "../../fmp4/boxes";
import { fileBoxes, findFileBoxes, type ReadUpTo } from "../../fmp4/fileBoxes";
import { ENTRY_FIELDS } from "../../fmp4/initSegment";
import { readElementaryStream } from "./elementaryStream";
import type { MediaTrack, Track } from "./movie";

/** A kind of samples of a track (ISO/IEC 14496-12, 8.5.2), reduced to what makes a difference when they are decoded or shown. */
export interface SampleDescription {
  /** The codec, for example `avc1` or `mp4a.40` (RFC 6381). */
  codec: string;
  /** The colours, the shape of pixels, and what is shown of the pictures. */
  look: string;
  /** What a decoder has to know in advance. */
  settings: string;
}

/** Bytes of version, flags and the number of entries before the first of them. */
const ENTRIES = 8;

/** Boxes that say nothing of how samples are decoded or shown. */
const IRRELEVANT = ["btrt", "free", "skip"];
const LOOK = ["colr", "pasp", "clap"];

/** Descriptions are much shorter, even with a whole profile of colours. */
const MOST_BYTES = 1 << 24;

export async function readDescriptions(read: ReadUpTo, { box, kind }: Track): Promise<SampleDescription[]> {
  const [table] = await findFileBoxes(read, box, "mdia", "minf", "stbl", "stsd");
  const descriptions: SampleDescription[] = [];
  if (!table) return descriptions;
  for await (const { type, body, end } of fileBoxes(read, table.body + ENTRIES, table.end)) {
    descriptions.push(describe(type, kind, await read(body, Math.min(MOST_BYTES, end - body))));
  }
  return descriptions;
}

/** Whether pictures of a file may be described in several ways. */
export async function hasSeveralPictureDescriptions(read: ReadUpTo, tracks: readonly MediaTrack[]): Promise<boolean> {
  for (const track of tracks) {
    if (track.what === "pictures" && (await readDescriptions(read, track)).length > 1) return true;
  }
  return false;
}

function describe(type: string, kind: string, entry: Buffer): SampleDescription {
  const isVideo = kind === "vide";
  const behind = ENTRY_FIELDS[isVideo ? "video" : "audio"];
  const stream = elementaryStreamIn(entry);
  const codec = stream ? `${type}.${stream.codec.toString(16)}` : type;
  // The size of pictures, and the channels, the bits and the rate of sound.
  const fields = isVideo ? entry.subarray(24, 28) : entry.subarray(8, behind);
  const boxes = tryBoxes(entry.subarray(behind));
  if (!boxes) return { codec, look: "", settings: hexOf([fields, entry.subarray(behind)]) };
  const look = boxes.filter((box) => LOOK.includes(box.type)).map(({ bytes }) => bytes);
  const settings = boxes
    .filter((box) => !LOOK.includes(box.type) && !IRRELEVANT.includes(box.type))
    .map((box) => (box.type === "esds" && stream ? stream.settings : box.bytes));
  return { codec, look: hexOf(look), settings: hexOf([fields, ...settings]) };
}

/** QuickTime has it in another box. */
function elementaryStreamIn(entry: Buffer) {
  const at = entry.indexOf("esds");
  return at < 4 ? undefined : readElementaryStream(entry.subarray(at + 4, at - 4 + entry.readUInt32BE(at - 4)));
}

/** QuickTime may have further fields before the boxes, and four zeros behind them. */
function tryBoxes(bytes: Buffer): Box[] | undefined {
  try {
    return boxesIn(bytes);
    // eslint-disable-next-line no-restricted-syntax -- then the bytes are compared as they are
  } catch {
    return undefined;
  }
}

function hexOf(parts: readonly Buffer[]): string {
  return parts.map((part) => part.toString("hex")).join();
}
