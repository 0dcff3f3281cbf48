import type { Track } from "./findJoins";
import type { Stretch, Stretches } from "../frames/stretches";

/**
 * Lists the tracks of some streams: the stretches of a stream, then those of the next stream that begins in the file where that one ends,
 * and so on. Encoders and stations change the identifiers of streams on the way.
 *
 * @param streams In the order in which they are preferred.
 */
export function chainStreams({ byStream, distance }: Stretches, streams: readonly number[]): Track[] {
  const free = new Set(streams.filter((stream) => byStream.has(stream)));
  const tracks: Track[] = [];
  const firstOf = (stream: number): Stretch => byStream.get(stream)?.[0] as Stretch;
  for (const stream of free) {
    const track: Stretch[] = [];
    for (let next: number | undefined = stream; next !== undefined;) {
      free.delete(next);
      const [first, ...others] = byStream.get(next) as [Stretch, ...Stretch[]];
      const last = track.at(-1);
      track.push(last ? { ...first, jump: distance(last.decodedUntil, first.decoded) } : first, ...others);
      const end = (track.at(-1) as Stretch).lastPosition;
      const later = [...free].filter((other) => firstOf(other).position > end);
      next = later.sort((a, b) => firstOf(a).position - firstOf(b).position)[0];
    }
    tracks.push(track);
  }
  return tracks;
}
