import { readFile, writeFile } from "node:fs/promises";

const SEGMENT = 0x18538067;
const SEEK_HEAD = 0x114d9b74;
const SEEK = 0x4dbb;
const SEEK_ID = 0x53ab;
const SEEK_POSITION = 0x53ac;
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
  const grownTracks = [video, track, tracks].reduce(
    (content: { from: number; to: number; bytes: Buffer }, parent) => {
      const body = Buffer.concat([
        bytes.subarray(parent.body, content.from),
        content.bytes,
        bytes.subarray(content.to, parent.end),
      ]);
      const larger = element(bytes.toString("hex", parent.start, parent.sizeAt), body);
      return { from: parent.start, to: parent.end, bytes: larger };
    },
    { from: video.end, to: video.end, bytes: added },
  );
  const grown = grownTracks.bytes.length - (tracks.end - tracks.start);
  setSize(bytes, room, room.end - room.body - grown);
  const between = bytes.subarray(room.end, tracks.start);
  await writeFile(
    path,
    Buffer.concat([bytes.subarray(0, room.end - grown), between, grownTracks.bytes, bytes.subarray(tracks.end)]),
  );
}

/** Moves the tracks of a Matroska file of ffmpeg behind its media, as mkvpropedit does where they need more room. */
export async function moveTracksBehind(path: string): Promise<void> {
  const bytes = await readFile(path);
  const segment = child(bytes, { body: 0, end: bytes.length }, SEGMENT);
  const [head, room, tracks] = [SEEK_HEAD, VOID, TRACKS].map((id) => child(bytes, segment, id)) as [
    Element,
    Element,
    Element,
  ];
  const moved = Buffer.from(bytes.subarray(tracks.start, tracks.end));
  const seeks = elements(bytes, head).filter(({ id }) => id === SEEK);
  const entries = seeks.map((seek) => {
    const [id, position] = [child(bytes, seek, SEEK_ID), child(bytes, seek, SEEK_POSITION)];
    const isTracks = bytes.readUIntBE(id.body, id.end - id.body) === TRACKS;
    const at = isTracks ? segment.end - segment.body : bytes.readUIntBE(position.body, position.end - position.body);
    return element("4dbb", Buffer.concat([bytes.subarray(id.start, id.end), element("53ac", fourBytes(at))]));
  });
  const written = element("114d9b74", Buffer.concat(entries));
  written.copy(bytes, head.start);
  empty(bytes, head.start + written.length, room.end);
  empty(bytes, tracks.start, tracks.end);
  setSize(bytes, segment, segment.end - segment.body + moved.length);
  await writeFile(path, Buffer.concat([bytes, moved]));
}

/** An element whose size takes one byte, or eight. */
function element(id: string, body: Buffer): Buffer {
  const size = Buffer.alloc(8);
  size.writeBigUInt64BE(BigInt(body.length) | (1n << 56n));
  return Buffer.concat([Buffer.from(id, "hex"), body.length < 127 ? Buffer.from([0x80 | body.length]) : size, body]);
}

function fourBytes(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** Makes a stretch a void element. */
function empty(bytes: Buffer, start: number, end: number): void {
  const length = end - start;
  element("ec", Buffer.alloc(length - (length < 129 ? 2 : 9))).copy(bytes, start);
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
