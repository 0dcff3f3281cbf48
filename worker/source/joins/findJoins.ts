import type { Stretch } from "../frames/stretches";

/** The stretches of a track in the order of the file. They may be of several streams, one after the other. */
export type Track = readonly Stretch[];

/** Two stretches of a track that follow each other. */
export interface Seam {
  before: Stretch;
  after: Stretch;
}

/** A place where another recording begins, or where the clock was set to another time. */
export interface Join {
  video: Seam;
  /** By the number of the audio track; without those that don't go on behind the join. */
  sounds: ReadonlyMap<number, Seam>;
}

export interface Joins {
  joins: Join[];
  /** Where the times of one track go back and those of another don't. */
  contradiction?: Seam;
}

/** Seconds by which times may fall in disorder, without anything having been joined. */
const DISORDER = 0.5;

/** Seconds by which sound may jump further ahead than the picture, or less far. */
const UNEVEN_END = 1;

/** Seconds without a picture that count as a jump where there is no sound to compare with. Players count the same. */
const LONGEST_SILENT_PAUSE = 10;

/**
 * Finds where pictures and sound jump together by the same amount, or change to other streams together. Where sound goes on, pictures pause.
 *
 * @param declared The stretches of pictures with which the clock begins anew, as the file says.
 * @param holes The stretches of pictures before which the file lacks a piece.
 */
export function findJoins(
  video: Track,
  sounds: readonly Track[],
  declared: ReadonlySet<Stretch> = new Set(),
  holes: ReadonlySet<Stretch> = new Set(),
): Joins {
  const taken = new Set<Stretch>();
  const joins: Join[] = [];
  let contradiction: Seam | undefined;
  for (const seam of seamsOf(video).filter(({ after }) => !holes.has(after))) {
    const across = [...sounds.entries()].filter(([, track]) => goesAcross(track, seam));
    const isDeclared = declared.has(seam.after);
    const found = across.map(([number, track]) => [number, findMatch(track, seam, taken, isDeclared)] as const);
    const matching = found.flatMap(([number, match]) => (match ? [[number, match] as const] : []));
    if (across.length === 0 ? isDeclared || isJoinWithoutSound(seam) : matching.length === across.length) {
      joins.push({ video: seam, sounds: new Map(matching) });
      matching.forEach(([, { after }]) => taken.add(after));
    } else if (seam.after.jump < -DISORDER) contradiction ??= seam;
  }
  contradiction ??= sounds
    .flatMap((track) => seamsOf(track))
    .find(({ after }) => after.jump < -DISORDER && !taken.has(after));
  return { joins, ...(contradiction ? { contradiction } : {}) };
}

export function seamsOf(track: Track): Seam[] {
  return track.slice(1).map((after, index) => ({ before: track[index] as Stretch, after }));
}

/** Whether a track has packets both before and behind a seam of pictures. */
export function goesAcross(track: Track, { before, after }: Seam): boolean {
  const [first, last] = [track[0], track.at(-1)];
  return (
    first !== undefined &&
    last !== undefined &&
    first.position <= before.lastPosition &&
    last.lastPosition > after.position
  );
}

function isJoinWithoutSound({ before, after }: Seam): boolean {
  const changes = before.stream !== after.stream;
  return changes || after.jump < -DISORDER || after.jump > LONGEST_SILENT_PAUSE;
}

/** The nearest place at which an audio track does the same as the picture. */
export function findMatch(
  track: Track,
  { before, after }: Seam,
  taken: ReadonlySet<Stretch>,
  isDeclared: boolean,
): Seam | undefined {
  const changes = before.stream !== after.stream;
  // Recordings end and begin with some more or less of each.
  const tolerance = isDeclared ? Infinity : 0.1 + Math.min(UNEVEN_END, after.jump / 4);
  const jumpsAlike = (jump: number): boolean =>
    after.jump < 0 ? jump < 0 : jump > 0 && Math.abs(jump - after.jump) <= tolerance;
  const alike = seamsOf(track).filter((seam) => {
    const switches = changes && seam.before.stream !== seam.after.stream;
    return !taken.has(seam.after) && (switches || jumpsAlike(seam.after.jump));
  });
  const distance = (seam: Seam): number => Math.abs(seam.after.position - after.position);
  return alike.sort((a, b) => distance(a) - distance(b))[0];
}
