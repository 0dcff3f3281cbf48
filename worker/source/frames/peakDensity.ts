import { DisplayOrder } from "./displayOrder";

/** Finds the largest number of pictures shown within a span of time, wherever the span begins. Packets come in decoding order. */
export class PeakDensity {
  private readonly order = new DisplayOrder((pts) => this.count(pts));
  /** The timestamps in the span that ends with the last one whose position in display order is final. */
  private readonly within: number[] = [];
  private peak = 0;

  /** @param span Its length in ticks, not necessarily a whole number. */
  constructor(private readonly span: number) {}

  add(pts: number): void {
    this.order.add(pts);
  }

  finish(): number {
    this.order.flush();
    return this.peak;
  }

  private count(pts: number): void {
    this.within.push(pts);
    while ((this.within[0] as number) <= pts - this.span) this.within.shift();
    this.peak = Math.max(this.peak, this.within.length);
  }
}
