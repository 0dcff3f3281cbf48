/** Pictures that come later in the file are shown before no more than this many others; H.264 and HEVC allow 16. */
const REORDERED = 64;

/** Finds the most pictures that are shown within a span of time, wherever it begins, while packets come in decoding order. */
export class Density {
  /** The latest times, in the order in which they are shown. */
  private readonly waiting: number[] = [];
  /** Times within a span up to the last one that can't be preceded by a new one any more. */
  private readonly within: number[] = [];
  private most = 0;

  /** @param span In ticks, not necessarily whole. */
  constructor(private readonly span: number) {}

  add(pts: number): void {
    let place = this.waiting.length;
    while (place > 0 && (this.waiting[place - 1] as number) > pts) place -= 1;
    this.waiting.splice(place, 0, pts);
    if (this.waiting.length > REORDERED) this.settle(this.waiting.shift() as number);
  }

  finish(): number {
    for (const pts of this.waiting.splice(0)) this.settle(pts);
    return this.most;
  }

  private settle(pts: number): void {
    this.within.push(pts);
    while ((this.within[0] as number) <= pts - this.span) this.within.shift();
    this.most = Math.max(this.most, this.within.length);
  }
}
