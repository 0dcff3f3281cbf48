import { VIDEO_CODECS } from "../../video/codecs/videoCodecs";

/** What a player has to be able to decode and show. Players only switch between streams that are alike in both. */
export interface Demands {
  codec: string;
  /** Absent for SDR. */
  range?: "PQ" | "HLG";
}

const CODECS = Object.values(VIDEO_CODECS);

/** A name for the streams between which a player can switch. */
export function familyOf({ codec, range }: Demands): string {
  const fields = codec.split(".");
  const profile = CODECS.find(({ sampleEntry }) => sampleEntry === fields[0])?.decoderProfile(fields);
  return [fields[0], profile, range ?? "SDR"].join();
}

/**
 * Groups streams by family, the one that most players can play first, and sorts each family by bitrate, the lowest first. A player that
 * knows nothing about its connection yet begins with the first stream that it can play.
 */
export function byFamily<T>(
  streams: readonly T[],
  demands: (stream: T) => Demands,
  bitrate: (stream: T) => number,
): T[][] {
  const families = new Map<string, T[]>();
  for (const stream of [...streams].sort((a, b) => rank(demands(a)) - rank(demands(b)) || bitrate(a) - bitrate(b))) {
    const family = familyOf(demands(stream));
    families.set(family, [...(families.get(family) ?? []), stream]);
  }
  return [...families.values()];
}

function rank({ codec, range }: Demands): number {
  const place = CODECS.findIndex(({ sampleEntry }) => codec.startsWith(sampleEntry));
  return (range === undefined ? 0 : CODECS.length + 1) + (place < 0 ? CODECS.length : place);
}
