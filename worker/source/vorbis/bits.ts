/** Reads bits as Vorbis packs them: the lowest of a byte first (Vorbis I, 2). */
export class Bits {
  private at = 0;

  constructor(private readonly bytes: Buffer) {}

  /** Bits that are left. Negative if more have been read than there are: those are 0. */
  get left(): number {
    return 8 * this.bytes.length - this.at;
  }

  next(): number {
    const bit = ((this.bytes[this.at >> 3] ?? 0) >> (this.at & 7)) & 1;
    this.at += 1;
    return bit;
  }

  read(count: number): number {
    let value = 0;
    for (let index = 0; index < count; index++) value += this.next() * 2 ** index;
    return value;
  }

  skip(count: number): void {
    this.at += count;
  }

  flag(): boolean {
    return this.next() === 1;
  }

  /** Whether what is left has no bit that is set. */
  isClear(): boolean {
    const [byte, bit] = [this.at >> 3, this.at & 7];
    return (this.bytes[byte] ?? 0) >> bit === 0 && this.bytes.subarray(byte + 1).every((other) => other === 0);
  }
}

/** How many bits a number has (Vorbis I, 9.2.1). */
export function bitLength(value: number): number {
  return value > 0 ? Math.floor(Math.log2(value)) + 1 : 0;
}
