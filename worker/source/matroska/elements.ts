import type { ReadUpTo } from "../../storage/readRange";

const [FILE, TRACKS, TRACK] = [0x1a45dfa3, 0x1654ae6b, 0xae];
export const [SEGMENT, CLUSTER] = [0x18538067, 0x1f43b675];
const [SEEK_HEAD, SEEK_ID, SEEK_POSITION] = [0x114d9b74, 0x53ab, 0x53ac];
export const VIDEO = 0xe0;

/** A size of which all bits are set: a writer that couldn't seek back doesn't know it. */
const UNKNOWN = 2 ** 53;

/** Bytes of an identifier and a size. */
const HEADER = 12;

/** Descriptions of tracks are shorter, with all that decoders need, and so are indexes of a file's parts. */
const MAX_BODY = 1 << 24;

/** More elements than any file has before its tracks. */
const MAX_ELEMENTS = 100;

/** An element of Matroska (RFC 9559). */
export interface Element {
  id: number;
  body: Buffer;
}

/** The descriptions of the tracks of a file that begins at a position. Empty where there are none. */
export async function readTracks(read: ReadUpTo, begin = 0): Promise<Element[][]> {
  const tracks = await readPart(read, TRACKS, begin);
  return tracks.flatMap(({ id, body }) => (id === TRACK ? [elements(body)] : []));
}

/**
 * The contents of a part of a file that begins at a position: before the media, or where the file's index of its parts says. Editors move
 * parts behind the media when they have become longer. Empty where there is none.
 */
export async function readPart(read: ReadUpTo, wanted: number, begin = 0): Promise<Element[]> {
  let at = begin;
  let segment = begin;
  let stated: number | undefined;
  for (let count = 0; count < MAX_ELEMENTS; count++) {
    const header = parseHeader(await read(at, HEADER));
    if (!header || header.id === CLUSTER) break;
    const body = at + header.bytes;
    if (header.id === wanted) return partAt(read, wanted, at);
    if (header.id === SEGMENT) segment = body;
    if (header.id === SEEK_HEAD) stated ??= statedPosition(await bodyOf(read, at, header), wanted);
    // The segment has all other elements within it.
    at = header.id === SEGMENT ? body : body + header.size;
  }
  return stated === undefined ? [] : partAt(read, wanted, segment + stated);
}

async function partAt(read: ReadUpTo, wanted: number, at: number): Promise<Element[]> {
  const header = parseHeader(await read(at, HEADER));
  return header?.id === wanted ? elements(await bodyOf(read, at, header)) : [];
}

async function bodyOf(read: ReadUpTo, at: number, header: { size: number; bytes: number }): Promise<Buffer> {
  return header.size <= MAX_BODY ? read(at + header.bytes, header.size) : Buffer.alloc(0);
}

/** Where an element is, counted from the beginning of its segment's content. */
function statedPosition(seekHead: Buffer, wanted: number): number | undefined {
  const seeks = elements(seekHead).map(({ body }) => elements(body));
  const found = seeks.find((seek) => valueOf(seek, SEEK_ID) === wanted);
  return found && valueOf(found, SEEK_POSITION);
}

/** Where another file begins behind this one. Undefined if none does, or if this one doesn't say how long it is. */
export async function findNextFile(read: ReadUpTo, begin: number): Promise<number | undefined> {
  const first = parseHeader(await read(begin, HEADER));
  if (!first) return undefined;
  const at = begin + first.bytes + first.size;
  const segment = parseHeader(await read(at, HEADER));
  if (segment?.id !== SEGMENT || segment.size >= UNKNOWN) return undefined;
  const next = at + segment.bytes + segment.size;
  return parseHeader(await read(next, HEADER))?.id === FILE ? next : undefined;
}

export function elements(bytes: Buffer): Element[] {
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
export function parseHeader(bytes: Buffer): { id: number; size: number; bytes: number } | undefined {
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
export function valueOf(parent: readonly Element[], id: number): number {
  return numberOf(parent.find((element) => element.id === id)?.body ?? []);
}

function numberOf(bytes: Iterable<number>): number {
  return [...bytes].reduce((sum, byte) => sum * 256 + byte, 0);
}
