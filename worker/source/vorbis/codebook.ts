import { type Bits, bitLength } from "./bits";

const SYNC = 0x564342;

/** More entries than books of encoders have: those of a forged header could take up all memory. */
const MOST_ENTRIES = 1 << 14;

const LONGEST_WORD = 32;

/** The words of a code, as a tree: two cells for each node, with the node that a bit leads to, or an entry as its complement. */
export interface Codebook {
  dimensions: number;
  tree: Int32Array;
}

/** Vorbis I, 3.2.1. Undefined for what is no codebook. */
export function readCodebook(bits: Bits): Codebook | undefined {
  if (bits.read(24) !== SYNC) return undefined;
  const [dimensions, entries] = [bits.read(16), bits.read(24)];
  if (dimensions === 0 || entries > MOST_ENTRIES) return undefined;
  const lengths = bits.flag() ? readOrderedLengths(bits, entries) : readLengths(bits, entries);
  skipVectors(bits, entries, dimensions);
  const tree = lengths && plantTree(lengths);
  return tree && { dimensions, tree };
}

/** @returns An entry, or undefined if there is no such word. */
export function readEntry(bits: Bits, { tree }: Codebook): number | undefined {
  let node = 0;
  do node = tree[2 * node + bits.next()] as number;
  while (node > 0);
  return node < 0 ? ~node : undefined;
}

/** 0 for an entry without a word. */
function readLengths(bits: Bits, entries: number): number[] {
  const isSparse = bits.flag();
  return Array.from({ length: entries }, () => (isSparse && !bits.flag() ? 0 : bits.read(5) + 1));
}

function readOrderedLengths(bits: Bits, entries: number): number[] | undefined {
  const lengths: number[] = [];
  for (let length = bits.read(5) + 1; lengths.length < entries; length++) {
    const count = bits.read(bitLength(entries - lengths.length));
    if (length > LONGEST_WORD || lengths.length + count > entries) return undefined;
    for (let index = 0; index < count; index++) lengths.push(length);
  }
  return lengths;
}

/** What the words stand for doesn't matter for how long they are. */
function skipVectors(bits: Bits, entries: number, dimensions: number): void {
  const type = bits.read(4);
  if (type === 0) return;
  bits.skip(64);
  const width = bits.read(4) + 1;
  bits.skip(1);
  bits.skip(width * (type === 1 ? latticeSize(entries, dimensions) : entries * dimensions));
}

/** The greatest number of which the power isn't greater than the number of entries (Vorbis I, 9.2.3). */
function latticeSize(entries: number, dimensions: number): number {
  let size = Math.floor(entries ** (1 / dimensions));
  while ((size + 1) ** dimensions <= entries) size += 1;
  while (size ** dimensions > entries) size -= 1;
  return size;
}

/** Undefined for lengths that no code has. */
function plantTree(lengths: readonly number[]): Int32Array | undefined {
  const tree = [0, 0];
  const used = [...lengths.keys()].filter((entry) => (lengths[entry] as number) > 0);
  const nextWord = wordsInOrder();
  for (const entry of used) {
    const length = lengths[entry] as number;
    const word = nextWord(length);
    if (word >= 2 ** length) return undefined;
    const cellOf = (node: number, bit: number): number => 2 * node + (Math.floor(word / 2 ** bit) % 2);
    let node = 0;
    for (let bit = length - 1; bit > 0; bit--) node = tree[cellOf(node, bit)] ||= tree.push(0, 0) / 2 - 1;
    tree[cellOf(node, 0)] = ~entry;
  }
  // A single word is read as one bit, whatever it is.
  if (used.length === 1) tree[1] = tree[0] as number;
  return Int32Array.from(tree);
}

/** Gives the first word of a length that is free (Vorbis I, 3.2.1). Their first bits are the highest. */
function wordsInOrder(): (length: number) => number {
  const free = new Array<number>(LONGEST_WORD + 1).fill(0);
  const at = (length: number): number => free[length] as number;
  return (length) => {
    const word = at(length);
    // Where a word is the second of its branch, the next shorter one has been taken before.
    for (let shorter = length; shorter > 0; shorter--) {
      const isSecond = at(shorter) % 2 === 1;
      free[shorter] = isSecond && shorter > 1 ? 2 * at(shorter - 1) : at(shorter) + 1;
      if (isSecond) break;
    }
    for (let longer = length + 1, taken = word; longer <= LONGEST_WORD; longer++) {
      if (Math.floor(at(longer) / 2) !== taken) break;
      taken = at(longer);
      free[longer] = 2 * at(longer - 1);
    }
    return word;
  };
}
