import { FAR, type StoredPacket, type Stray } from "./strayTimes";

/** How many pictures before and behind another show when it should be shown: as many as decoders keep. */
const NEIGHBOURS = 16;

/** How many are remembered. A file with more has no times that can be trusted. */
const MOST = 100;

interface Picture {
  shown: number;
  position: number;
}

/**
 * Finds single pictures that are shown far away from those that are stored around them. Where pictures are reordered, only the time at which
 * they are shown may be wrong.
 */
export class StrayPictures {
  private readonly strays: Stray[] = [];
  private readonly pictures: Picture[] = [];

  /** @param distance The seconds from one time to another. */
  constructor(private readonly distance: (from: number, to: number) => number) {}

  /** Takes the pictures of a stream in the order of the file. */
  add({ stream, shown }: Pick<StoredPacket, "stream" | "shown">, position: number): void {
    if (Number.isNaN(shown)) return;
    const { pictures } = this;
    pictures.push({ shown, position });
    if (pictures.length > 2 * NEIGHBOURS + 1) pictures.shift();
    const at = pictures.length - 1 - NEIGHBOURS;
    const [picture, next] = [pictures[at], pictures[at + 1]];
    if (!picture || !next || this.strays.length === MOST) return;
    const by = this.distanceToPlace(picture, at);
    if (by === 0) return;
    const place = picture.shown + by;
    this.strays.push({ stream, from: picture.position, to: next.position, by, place, isShownOnly: true });
  }

  /** Empty if there are so many that nothing is known of any. */
  get found(): readonly Stray[] {
    return this.strays.length < MOST ? this.strays : [];
  }

  /**
   * The seconds from a picture's time to the middle of the longest time without a picture among its neighbours. 0 if it isn't farther from them than
   * they are from each other.
   */
  private distanceToPlace(picture: Picture, at: number): number {
    const others = this.pictures.filter((other) => other !== picture);
    // Almost every picture has such a neighbour, and needs no further look.
    if (others.some((other) => Math.abs(this.distance(picture.shown, other.shown)) <= FAR)) return 0;
    const distances = others.map((other) => this.distance(picture.shown, other.shown));
    distances.sort((a, b) => a - b);
    const [first = 0, last = 0] = [distances[0], distances.at(-1)];
    const nearest = Math.min(Math.abs(first), Math.abs(last));
    if (Math.sign(first) !== Math.sign(last) || nearest <= FAR + last - first) return 0;
    const gaps = distances.flatMap((distance, index) => {
      const before = distances[index - 1];
      // Farther away, others lie between them that aren't among the neighbours.
      return before === undefined || Math.abs(index - at) > NEIGHBOURS / 2 ? [] : [[before, distance] as const];
    });
    const [from, to] = gaps.reduce((longest, gap) => (gap[1] - gap[0] > longest[1] - longest[0] ? gap : longest));
    return (from + to) / 2;
  }
}
