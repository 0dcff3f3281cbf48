/** A packet as the file lists it, with times in seconds. */
export interface StoredPacket {
  stream: number;
  decoded: number;
  shown: number;
  duration: number;
}

/** Packets of a stream whose times are far off, between others that go on. */
export interface Stray {
  stream: number;
  /** Where they begin in the file, and the packet behind them. */
  from: number;
  to: number;
  /** The seconds by which they are moved to their place. */
  by: number;
  /** Where they are moved, in seconds. */
  place: number;
  /** Whether they are decoded in time. */
  isShownOnly: boolean;
}

/** Seconds by which times are off that aren't merely in disorder. */
export const FAR = 1;

/** Seconds by which times may fall, or something may be missing, where they go on. */
const FALL = 0.1;
const GAP = 0.5;

/** Seconds that strays last at most: those of one elementary packet. What lasts longer is a recording, or a clock that was set. */
const LONGEST = 0.5;

/** How many are remembered. A file with more has no times that can be trusted. */
const MOST = 100;

interface Following {
  /** When the last packet that goes on is decoded, and when the next one is due. */
  decoded: number;
  due: number;
  stray?: { from: number; decoded: number; until: number; packets: number };
}

/** Finds single packets with wrong times, behind which a stream goes on as before. Packets come in the file's order. */
export class StrayTimes {
  private readonly strays: Stray[] = [];
  private readonly streams = new Map<number, Following>();

  /** @param distance The seconds from one time to another. */
  constructor(private readonly distance: (from: number, to: number) => number) {}

  add({ stream, decoded, duration }: StoredPacket, position: number): void {
    if (Number.isNaN(decoded)) return;
    const until = decoded + duration;
    const state = this.streams.get(stream);
    if (!state) return void this.streams.set(stream, { decoded, due: until });
    const { stray } = state;
    if (!stray && this.goesOn(state.due, decoded)) return void Object.assign(state, { decoded, due: until });
    const lasted = stray ? stray.until - stray.decoded : 0;
    if (stray && this.goesOn(state.due + lasted, decoded)) {
      this.note(stream, state, decoded, position);
      this.streams.set(stream, { decoded, due: until });
    } else if (stray && this.goesOn(stray.until, decoded) && lasted + duration <= LONGEST) {
      Object.assign(stray, { until, packets: stray.packets + 1 });
    } else if (stray) this.streams.set(stream, { decoded, due: until });
    else state.stray = { from: position, decoded, until, packets: 1 };
  }

  /** Empty if there are so many that nothing is known of any. */
  get found(): readonly Stray[] {
    return this.strays.length < MOST ? this.strays : [];
  }

  private note(stream: number, { decoded, due, stray }: Following, next: number, to: number): void {
    if (!stray || this.strays.length === MOST) return;
    // A single one comes half-way between its neighbours.
    const place = stray.packets === 1 ? decoded + this.distance(decoded, next) / 2 : due;
    const by = this.distance(stray.decoded, place);
    if (Math.abs(by) > FAR) this.strays.push({ stream, from: stray.from, to, by, place, isShownOnly: false });
  }

  private goesOn(due: number, decoded: number): boolean {
    const late = this.distance(due, decoded);
    return late >= -FALL && late <= GAP;
  }
}
