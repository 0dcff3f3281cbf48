import type { Part } from "./parts";

/** Takes the numbers of a table, in order. */
export interface Numbers {
  readonly count: number;
  push(value: number): void;
}

export class CountedNumbers implements Numbers {
  count = 0;

  push(): void {
    this.count += 1;
  }
}

const BLOCK_BYTES = 1 << 16;

/** Numbers of 32 bits as boxes have them. They lie in blocks, because a growing buffer would be copied again and again. */
export class NumberTable implements Numbers, Part {
  private readonly blocks: Buffer[] = [];
  private block = Buffer.alloc(0);
  private used = 0;

  get bytes(): number {
    return Math.max(0, this.blocks.length - 1) * BLOCK_BYTES + this.used;
  }

  get count(): number {
    return this.bytes / 4;
  }

  push(value: number): void {
    if (this.used === this.block.length) {
      this.block = Buffer.allocUnsafeSlow(BLOCK_BYTES);
      this.blocks.push(this.block);
      this.used = 0;
    }
    this.used = this.block.writeUInt32BE(value, this.used);
  }

  *pieces(): Generator<Buffer> {
    for (const block of this.blocks) yield block === this.block ? block.subarray(0, this.used) : block;
  }
}
