import { Bits, bitLength } from "./bits";
import { readCodebook } from "./codebook";
import { type Floor, readFloor } from "./floor";
import { readResidue, type Residue } from "./residue";

interface Mapping {
  /** Pairs of channels that are stored as one and its difference. */
  coupling: [number, number][];
  /** The submap of each channel. */
  submapOf: number[];
  submaps: { floor: Floor; residue: Residue }[];
}

/** What the headers of Vorbis say about its packets. */
export interface VorbisSetup {
  /** Whether they may be cut off, in order not to exceed a bit rate. */
  isLimited: boolean;
  /** Samples of a short and of a long block. */
  blocks: readonly [number, number];
  modes: { isLong: boolean; mapping: Mapping }[];
}

const [IDENTIFICATION, SETUP] = [Buffer.from("\x01vorbis"), Buffer.from("\x05vorbis")];

/** Bytes of a setup: several times as many as encoders need. */
const MOST_BYTES = 1 << 16;

/** The logarithms of block sizes. */
const [SMALLEST, LARGEST] = [6, 13];

/** Reads the headers (Vorbis I, 4.2), which containers put together in different ways. Undefined if they aren't complete. */
export function readSetup(headers: Buffer): VorbisSetup | undefined {
  const [first, third] = [headers.indexOf(IDENTIFICATION), headers.indexOf(SETUP)];
  if (first < 0 || third < 0 || headers.length < first + 30) return undefined;
  const [channels, limit] = [headers.readUInt8(first + 11), headers.readInt32LE(first + 16)];
  const sizes = headers.readUInt8(first + 28);
  const [short, long] = [sizes & 15, sizes >> 4];
  if (channels === 0 || short < SMALLEST || long > LARGEST || headers.length - third > MOST_BYTES) return undefined;
  const modes = readModes(new Bits(headers.subarray(third + SETUP.length)), channels);
  return modes && { isLimited: limit > 0, blocks: [2 ** short, 2 ** long], modes };
}

/** Vorbis I, 4.2.4. */
function readModes(bits: Bits, channels: number): VorbisSetup["modes"] | undefined {
  const books = readAll(bits, 8, () => readCodebook(bits));
  if (!books) return undefined;
  bits.skip(16 * (bits.read(6) + 1));
  const floors = readAll(bits, 6, () => readFloor(bits, books));
  const residues = floors && readAll(bits, 6, () => readResidue(bits, books));
  const mappings = residues && readAll(bits, 6, () => readMapping(bits, channels, floors, residues));
  return (
    mappings &&
    readAll(bits, 6, () => {
      const isLong = bits.flag();
      bits.skip(32);
      const mapping = mappings[bits.read(8)];
      return mapping && { isLong, mapping };
    })
  );
}

/** Undefined if one of them can't be read. */
function readAll<T>(bits: Bits, width: number, read: () => T | undefined): T[] | undefined {
  const all: T[] = [];
  for (let left = bits.read(width) + 1; left > 0; left--) {
    const one = read();
    if (one === undefined || bits.left < 0) return undefined;
    all.push(one);
  }
  return all;
}

function readMapping(
  bits: Bits,
  channels: number,
  floors: readonly Floor[],
  residues: readonly Residue[],
): Mapping | undefined {
  if (bits.read(16) !== 0) return undefined;
  const count = bits.flag() ? bits.read(4) + 1 : 1;
  const width = bitLength(channels - 1);
  const steps = bits.flag() ? bits.read(8) + 1 : 0;
  const coupling = Array.from({ length: steps }, (): [number, number] => [bits.read(width), bits.read(width)]);
  bits.skip(2);
  const submapOf = Array.from({ length: channels }, () => (count > 1 ? bits.read(4) : 0));
  const submaps = Array.from({ length: count }, () => {
    bits.skip(8);
    return { floor: floors[bits.read(8)], residue: residues[bits.read(8)] };
  });
  const isComplete = submaps.every(({ floor, residue }) => floor && residue) && Math.max(...submapOf) < count;
  return isComplete ? { coupling, submapOf, submaps: submaps as Mapping["submaps"] } : undefined;
}
