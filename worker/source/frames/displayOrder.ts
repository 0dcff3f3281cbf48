/** A picture is shown before at most this many of those that precede it in the file; H.264 and HEVC allow 16. */
const MAX_REORDERED = 64;

/** Puts timestamps that come in decoding order into display order. */
export class DisplayOrder {
  /** Those that a later one may still precede, in display order. */
  readonly pending: number[] = [];

  constructor(private readonly onFinal: (pts: number) => void) {}

  add(pts: number): void {
    let position = this.pending.length;
    while (position > 0 && (this.pending[position - 1] as number) > pts) position -= 1;
    this.pending.splice(position, 0, pts);
    if (this.pending.length > MAX_REORDERED) this.onFinal(this.pending.shift() as number);
  }

  flush(): void {
    for (const pts of this.pending.splice(0)) this.onFinal(pts);
  }
}
