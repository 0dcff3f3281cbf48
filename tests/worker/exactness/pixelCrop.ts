import { readFile, writeFile } from "node:fs/promises";

const SEGMENT = 0x18538067;
const TRACKS = 0x1654ae6b;
const TRACK = 0xae;
const VIDEO = 0xe0;
const VOID = 0xec;

/** Pixels to cut off, and the size at which the rest is shown. */
export interface Crop {
  top?: number;
  bottom?: number;
  left?: number;
  right?: number;
  display?: [width: number, height: number];
}

interface Element {
  id: number;
  start: number;
  /** Where its size is written, in how many bytes. */
  sizeAt: number;
  sizeBytes: number;
  body: number;
  end: number;
}

/** Crops the first video track of a Matroska file of ffmpeg, whose place for later entries becomes smaller. */
export async function setPixelCrop(
  path: string,
  { top = 0, bottom = 0, left = 0, right = 0, display }: Crop,
): Promise<void> {
  const bytes = await readFile(path);
  const segment = child(bytes, { body: 0, end: bytes.length }, SEGMENT);
  const [room, tracks] = [child(bytes, segment, VOID), child(bytes, segment, TRACKS)];
  const track = child(bytes, tracks, TRACK);
  const video = child(bytes, track, VIDEO);
  const added = Buffer.concat([
    ...[number(0x54bb, top), number(0x54aa, bottom), number(0x54cc, left), number(0x54dd, right)],
    ...(display ? [number(0x54b0, display[0]), number(0x54ba, display[1])] : []),
  ]);
  // Those of ffmpeg, which would come first.
  if (display) for (const id of [0x54b0, 0x54ba]) hide(bytes, video, id);
  const larger = [video, track, tracks].reduce(
    (content, element) => {
      const body = Buffer.concat([
        bytes.subarray(element.body, content.from),
        content.bytes,
        bytes.subarray(content.to, element.end),
      ]);
      const header = Buffer.from(
        `${bytes.toString("hex", element.start, element.sizeAt)}01${body.length.toString(16).padStart(14, "0")}`,
        "hex",
      );
      return { from: element.start, to: element.end, bytes: Buffer.concat([header, body]) };
    },
    { from: video.end, to: video.end, bytes: added },
  );
  const grown = larger.bytes.length - (tracks.end - tracks.start);
  setSize(bytes, room, room.end - room.body - grown);
  const between = bytes.subarray(room.end, tracks.start);
  await writeFile(
    path,
    Buffer.concat([bytes.subarray(0, room.end - grown), between, larger.bytes, bytes.subarray(tracks.end)]),
  );
}

/** Turns an element with two bytes of identifier into a void one. */
function hide(bytes: Buffer, parent: Element, id: number): void {
  const found = elements(bytes, parent).find((element) => element.id === id);
  if (!found) return;
  // One byte of identifier, and a size in as many bytes as before and one more.
  const size = found.end - found.body;
  bytes[found.start] = VOID;
  bytes.writeUInt16BE(0x4000 + size, found.start + 1);
}

function number(id: number, value: number): Buffer {
  const element = Buffer.alloc(5);
  element.writeUInt16BE(id, 0);
  element[2] = 0x82;
  element.writeUInt16BE(value, 3);
  return element;
}

function child(bytes: Buffer, parent: Pick<Element, "body" | "end">, id: number): Element {
  const found = elements(bytes, parent).find((element) => element.id === id);
  if (!found) throw new Error(`There is no element ${id.toString(16)}.`);
  return found;
}

function elements(bytes: Buffer, { body, end }: Pick<Element, "body" | "end">): Element[] {
  const found: Element[] = [];
  for (let at = body; at < end; at = found.at(-1)!.end) {
    const sizeAt = at + Math.clz32(bytes[at]!) - 23;
    const sizeBytes = Math.clz32(bytes[sizeAt]!) - 23;
    const size = Number(
      BigInt(`0x${bytes.toString("hex", sizeAt, sizeAt + sizeBytes)}`) & ((1n << BigInt(7 * sizeBytes)) - 1n),
    );
    const start = sizeAt + sizeBytes;
    found.push({
      id: bytes.readUIntBE(at, sizeAt - at),
      start: at,
      sizeAt,
      sizeBytes,
      body: start,
      end: Math.min(end, start + size),
    });
  }
  return found;
}

function setSize(bytes: Buffer, { sizeAt, sizeBytes }: Element, size: number): void {
  const value = BigInt(size) | (1n << BigInt(7 * sizeBytes));
  Buffer.from(value.toString(16).padStart(2 * sizeBytes, "0"), "hex").copy(bytes, sizeAt);
}
