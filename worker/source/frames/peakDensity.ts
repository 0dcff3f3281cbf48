/** A picture is shown before at most this many of those that precede it in the file; H.264 and HEVC allow 16. */
const MAX_REORDERED = 64;

/** Finds the largest number of pictures shown within a span of time, wherever the span begins. Packets come in decoding order. */
export class PeakDensity {
  /** The latest timestamps in display order; a later packet may still precede them. */
  private readonly pending: number[] = [];
  /** The timestamps in the span that ends with the last one whose position in display order is final. */
  private readonly within: number[] = [];
  private peak = 0;

  /** @param span Its length in ticks, not necessarily a whole number. */
  constructor(private readonly span: number) {}

  add(pts: number): void {
    let position = this.pending.length;
    while (position > 0 && (this.pending[position - 1] as number) > pts) position -= 1;
    this.pending.splice(position, 0, pts);
    if (this.pending.length > MAX_REORDERED) this.count(this.pending.shift() as number);
  }

  finish(): number {
    for (const pts of this.pending.splice(0)) this.count(pts);
    return this.peak;
  }

  private count(pts: number): void {
    this.within.push(pts);
    while ((this.within[0] as number) <= pts - this.span) this.within.shift();
    this.peak = Math.max(this.peak, this.within.length);
  }
}
