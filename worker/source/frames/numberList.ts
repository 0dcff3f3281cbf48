const BLOCK = 1 << 15;

type Block = Float64Array | Uint32Array;

/** Millions of numbers. They lie in blocks, because a growing array is copied again and again, and takes the memory of both copies. */
export class NumberList<B extends Block> {
  length = 0;
  private readonly blocks: B[] = [];

  constructor(private readonly createBlock: new (length: number) => B) {}

  push(value: number): void {
    if (this.length === this.blocks.length * BLOCK) this.blocks.push(new this.createBlock(BLOCK));
    this.length += 1;
    this.set(this.length - 1, value);
  }

  /** The number at an index from 0 up to the length. */
  get(index: number): number {
    return (this.blocks[Math.floor(index / BLOCK)] as B)[index % BLOCK] as number;
  }

  set(index: number, value: number): void {
    (this.blocks[Math.floor(index / BLOCK)] as B)[index % BLOCK] = value;
  }

  /** All numbers in one piece. */
  join(): B {
    const joined = new this.createBlock(this.length);
    for (const [number, block] of this.blocks.entries()) {
      joined.set(block.subarray(0, this.length - number * BLOCK), number * BLOCK);
    }
    return joined;
  }
}
