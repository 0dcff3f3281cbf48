/** An ISO base media box: its type, all its bytes, and the bytes after its header. */
export interface Box {
  type: string;
  bytes: Buffer;
  payload: Buffer;
}

/** Consecutive boxes. */
export function boxesIn(bytes: Buffer): Box[] {
  const boxes: Box[] = [];
  for (let at = 0; at < bytes.length;) {
    const header = boxHeader(bytes.subarray(at));
    if (!header || header.size < header.length || at + header.size > bytes.length) {
      throw new Error(`A box at byte ${at} of ${bytes.length} reaches beyond its parent.`);
    }
    const whole = bytes.subarray(at, at + header.size);
    boxes.push({ type: header.type, bytes: whole, payload: whole.subarray(header.length) });
    at += header.size;
  }
  return boxes;
}

/** Finds a box by a path of types, for example `moov`, `trak`, `mdia`. */
export function findBox(bytes: Buffer, ...path: string[]): Box {
  let inside = bytes;
  let found: Box | undefined;
  for (const type of path) {
    found = boxesIn(inside).find((box) => box.type === type);
    if (!found) throw new Error(`There is no ${path.join("/")} box.`);
    inside = found.payload;
  }
  if (!found) throw new Error("No box was asked for.");
  return found;
}

/** The same boxes with another one at a path of types. Corrects the sizes of the boxes around it. */
export function replaceBox(
  bytes: Buffer,
  [type, ...inside]: readonly string[],
  replace: (found: Box) => Buffer,
): Buffer {
  return Buffer.concat(
    boxesIn(bytes).map((found) => {
      if (found.type !== type) return found.bytes;
      return inside.length === 0 ? replace(found) : box(type, replaceBox(found.payload, inside, replace));
    }),
  );
}

/** Reads a box's header; `undefined` if `bytes` does not contain all of it yet. */
export function boxHeader(bytes: Buffer): { type: string; size: number; length: number } | undefined {
  if (bytes.length < 8) return undefined;
  const size = bytes.readUInt32BE(0);
  const type = bytes.toString("latin1", 4, 8);
  if (size !== 1) return { type, size, length: 8 };
  if (bytes.length < 16) return undefined;
  return { type, size: Number(bytes.readBigUInt64BE(8)), length: 16 };
}

export function box(type: string, ...content: Buffer[]): Buffer {
  const size = content.reduce((sum, part) => sum + part.length, 8);
  return Buffer.concat([uint32(size), Buffer.from(type, "latin1"), ...content], size);
}

/** A box with a version and flags. */
export function fullBox(type: string, version: number, flags: number, ...content: Buffer[]): Buffer {
  return box(type, uint32(version * 0x1000000 + flags), ...content);
}

export function uint16(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  values.forEach((value, index) => bytes.writeUInt16BE(value, index * 2));
  return bytes;
}

export function uint32(...values: number[]): Buffer {
  return uint32s(values);
}

/** Like `uint32`, for tables that are too long to spread into arguments. */
export function uint32s(values: ArrayLike<number>): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (let index = 0; index < values.length; index++) bytes.writeUInt32BE(values[index] ?? 0, index * 4);
  return bytes;
}

export function uint64(value: number): Buffer {
  return uint64s([value]);
}

export function uint64s(values: ArrayLike<number>): Buffer {
  const bytes = Buffer.alloc(values.length * 8);
  for (let index = 0; index < values.length; index++) bytes.writeBigUInt64BE(BigInt(values[index] ?? 0), index * 8);
  return bytes;
}
