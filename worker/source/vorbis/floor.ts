import { type Bits, bitLength } from "./bits";
import { type Codebook, readEntry } from "./codebook";

/** Reads the curve of a channel. Undefined where the packet doesn't have one that the setup allows, false for silence. */
export type Floor = (bits: Bits) => boolean | undefined;

/** Vorbis I, 6.2.1 and 7.2.2. */
export function readFloor(bits: Bits, books: readonly Codebook[]): Floor | undefined {
  const type = bits.read(16);
  if (type === 0) return readLineSpectrum(bits, books);
  return type === 1 ? readPiecewise(bits, books) : undefined;
}

function readLineSpectrum(bits: Bits, books: readonly Codebook[]): Floor | undefined {
  const order = bits.read(8);
  bits.skip(32);
  const width = bits.read(6);
  bits.skip(8);
  const own = Array.from({ length: bits.read(4) + 1 }, () => books[bits.read(8)]);
  return (packet) => {
    if (packet.read(width) === 0) return false;
    const book = own[packet.read(bitLength(own.length))];
    if (!book) return undefined;
    for (let values = 0; values < order; values += book.dimensions) {
      if (readEntry(packet, book) === undefined) return undefined;
    }
    return true;
  };
}

interface PartitionClass {
  dimensions: number;
  /** Bits of the master book's entries that choose each book. */
  width: number;
  master: Codebook | undefined;
  /** Undefined for those that take no bits. */
  books: (Codebook | undefined)[];
}

const RANGES = [256, 128, 86, 64];

function readPiecewise(bits: Bits, books: readonly Codebook[]): Floor {
  const partitions = Array.from({ length: bits.read(5) }, () => bits.read(4));
  const classes = Array.from({ length: Math.max(-1, ...partitions) + 1 }, () => readClass(bits, books));
  const width = bitLength((RANGES[bits.read(2)] as number) - 1);
  const positions = bits.read(4);
  const sections = partitions.map((number) => classes[number] as PartitionClass);
  for (const { dimensions } of sections) bits.skip(positions * dimensions);
  return (packet) => {
    if (!packet.flag()) return false;
    packet.skip(2 * width);
    return sections.every((section) => skipPartition(packet, section)) && packet.left >= 0 ? true : undefined;
  };
}

function readClass(bits: Bits, books: readonly Codebook[]): PartitionClass {
  const dimensions = bits.read(3) + 1;
  const width = bits.read(2);
  const master = width > 0 ? books[bits.read(8)] : undefined;
  return { dimensions, width, master, books: Array.from({ length: 2 ** width }, () => books[bits.read(8) - 1]) };
}

function skipPartition(packet: Bits, { dimensions, width, master, books }: PartitionClass): boolean {
  let choice = master ? readEntry(packet, master) : 0;
  for (let dimension = 0; dimension < dimensions && choice !== undefined; dimension++) {
    const book = books[choice % 2 ** width];
    choice >>= width;
    if (book && readEntry(packet, book) === undefined) return false;
  }
  return choice !== undefined;
}
