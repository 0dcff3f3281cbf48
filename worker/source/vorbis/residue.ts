import type { Bits } from "./bits";
import { type Codebook, readEntry } from "./codebook";

/** What is left of the channels of a submap without their curves. */
export interface Residue {
  /** Whether channels are interleaved into one. */
  isInterleaved: boolean;
  begin: number;
  end: number;
  partition: number;
  classes: Codebook;
  /** The book of each class in each pass, if there is one. */
  books: (Codebook | undefined)[][];
}

const PASSES = 8;

/** Vorbis I, 8.6.1. */
export function readResidue(bits: Bits, books: readonly Codebook[]): Residue | undefined {
  const [type, begin, end] = [bits.read(16), bits.read(24), bits.read(24)];
  const [partition, count] = [bits.read(24) + 1, bits.read(6) + 1];
  const classes = books[bits.read(8)];
  const passes = Array.from({ length: count }, () => bits.read(3) + 8 * (bits.flag() ? bits.read(5) : 0));
  const own = passes.map((used) =>
    Array.from({ length: PASSES }, (_, pass) => ((used >> pass) & 1 ? books[bits.read(8)] : undefined)),
  );
  return classes && type <= 2 ? { isInterleaved: type === 2, begin, end, partition, classes, books: own } : undefined;
}

/**
 * Vorbis I, 8.6.2. Ends with the packet, for encoders cut packets off there to keep a bit rate.
 *
 * @param values How many values each channel has.
 * @param heard Which channels have any.
 * @returns Whether all words are those of a book.
 */
export function skipResidue(packet: Bits, residue: Residue, values: number, heard: readonly boolean[]): boolean {
  const { isInterleaved, begin, end, partition, classes, books } = residue;
  const size = isInterleaved ? values * heard.length : values;
  const partitions = Math.floor(Math.max(0, Math.min(end, size) - Math.min(begin, size)) / partition);
  const count = isInterleaved ? Number(heard.includes(true)) : heard.filter(Boolean).length;
  const known = Array.from({ length: count }, () => new Uint8Array(partitions + classes.dimensions));
  for (let pass = 0; pass < PASSES; pass++) {
    for (let at = 0; at < partitions; at++) {
      if (pass === 0 && at % classes.dimensions === 0) {
        for (const channel of known) if (!readClasses(packet, residue, channel, at)) return packet.left <= 0;
      }
      for (const channel of known) {
        const book = books[channel[at] as number]?.[pass];
        for (let left = book ? partition : 0; book && left > 0; left -= book.dimensions) {
          if (readEntry(packet, book) === undefined) return packet.left <= 0;
          if (packet.left < 0) return true;
        }
      }
    }
  }
  return true;
}

/** Classes of several partitions are one word. */
function readClasses(packet: Bits, { classes, books }: Residue, channel: Uint8Array, at: number): boolean {
  const entry = readEntry(packet, classes);
  if (entry === undefined || packet.left < 0) return false;
  for (let index = classes.dimensions - 1, rest = entry; index >= 0; index--) {
    channel[at + index] = rest % books.length;
    rest = Math.floor(rest / books.length);
  }
  return true;
}
