/** Divides what ffmpeg writes of a stream's packets, one after another, into the packets. */
export class PacketBytes {
  private readonly pieces: AsyncIterator<Buffer>;
  private next: Promise<IteratorResult<Buffer>>;
  private kept: Buffer = Buffer.alloc(0);

  constructor(output: AsyncIterable<Buffer>) {
    this.pieces = output[Symbol.asyncIterator]();
    // At once: Node throws away what a program printed if nobody has begun to read when it ends.
    this.next = this.pieces.next();
    // eslint-disable-next-line no-restricted-syntax -- it is awaited when the first packet is taken
    this.next.catch(() => undefined);
  }

  /**
   * Takes the next packet.
   *
   * @param size The bytes that it has.
   * @param most How many of them are wanted.
   * @returns Undefined if the output ends before it does.
   */
  async take(size: number, most: number): Promise<Buffer | undefined> {
    let head: Buffer = Buffer.alloc(0);
    for (let rest = size; rest > 0;) {
      if (this.kept.length === 0) {
        const piece = await this.next;
        if (piece.done) return undefined;
        this.kept = piece.value;
        this.next = this.pieces.next();
      }
      const piece = this.kept.subarray(0, rest);
      if (head.length < most) head = Buffer.concat([head, piece.subarray(0, most - head.length)]);
      this.kept = this.kept.subarray(piece.length);
      rest -= piece.length;
    }
    return head;
  }

  /** Reads what is left. Resuming the output has no effect while it is iterated, and a program hasn't ended before it is read. */
  async drain(): Promise<void> {
    while (!(await this.next).done) this.next = this.pieces.next();
  }
}
