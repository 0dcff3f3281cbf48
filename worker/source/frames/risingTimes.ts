import { DisplayOrder } from "./displayOrder";

/**
 * Follows the times at which pictures are shown if each is shown at its own time or, where that isn't after the picture before, one tick
 * later than that. Pictures come in decoding order.
 */
export class RisingTimes {
  private shown = -Infinity;
  private decoded = -Infinity;
  private readonly order = new DisplayOrder((pts) => this.show(pts));
  /** Whether a picture's own time is too early. */
  private isLate = false;

  add(pts: number, dts: number): void {
    if (dts < this.decoded) this.isLate = true;
    if (!Number.isNaN(dts)) this.decoded = dts;
    this.order.add(pts);
  }

  /** When the last one of the pictures until now is shown. */
  get latest(): number {
    return this.order.pending.reduce((shown, pts) => Math.max(pts, shown + 1), this.shown);
  }

  /** Whether some picture can't be shown at its own time. */
  finish(): boolean {
    this.order.flush();
    return this.isLate;
  }

  private show(pts: number): void {
    if (pts <= this.shown) this.isLate = true;
    this.shown = Math.max(pts, this.shown + 1);
  }
}
