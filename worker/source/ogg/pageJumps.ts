/** A packet, in the time base of its stream. */
interface Packet {
  pts: number;
  duration: number;
  /** Where the page begins in the file that it begins in. */
  position: number;
}

/** Pictures behind which times go on later than they should. */
export interface PageJump {
  /** Their times: of the first picture of a page, or of all that the last page has. */
  times: readonly number[];
  by: number;
  /** Where their page begins, and the one that the picture before them begins in. */
  page: number;
  before: number;
}

/** How many are remembered. */
const MOST = 1000;

/** Finds where times jump behind the first packet of a page, and whether those of the last page end too early. */
export class PageJumps {
  private readonly found: PageJump[] = [];
  /** Where the page begins that precedes the one of the last packet. */
  private before: number | undefined;
  private page: number | undefined;
  private times: number[] = [];
  private shownUntil = NaN;

  /** Takes the packets of a stream in the order of the file. */
  add({ pts, duration, position }: Packet): void {
    if (this.times.length === 1) this.jumpTo(pts);
    if (position !== this.page) {
      [this.before, this.page] = [this.page, position];
      this.times = [];
    }
    this.times.push(pts);
    this.shownUntil = pts + duration;
  }

  /** `end` is when the last picture ends, as the last page says. ffmpeg works out no time from what that says. */
  finish(end: number): readonly PageJump[] {
    this.jumpTo(end);
    return this.found;
  }

  private jumpTo(pts: number): void {
    const { before, page, times, found } = this;
    const by = pts - this.shownUntil;
    if (by > 0 && before !== undefined && page !== undefined && found.length < MOST) {
      found.push({ times: [...times], by, page, before });
    }
  }
}
