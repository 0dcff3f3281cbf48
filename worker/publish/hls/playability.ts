/** What a player has to be able to decode and show. Players only switch between streams that are alike in both. */
export interface Demands {
  codec: string;
  /** Absent for SDR. */
  range?: "PQ" | "HLG";
}

/** Beginnings of codec strings, the codec that most players support first. */
const CODECS = ["avc1", "hvc1", "vp09", "av01"];

/** A name for the streams between which a player can switch. */
export function familyOf({ codec, range }: Demands): string {
  const [name = "", profile = ""] = codec.split(".");
  // Devices that decode 8 bits of a codec need not decode 10.
  return [name, name === "avc1" ? "" : depthOf(name, profile, codec), range ?? "SDR"].join();
}

function depthOf(name: string, profile: string, codec: string): string {
  if (name === "av01") return codec.split(".")[3] ?? "";
  return profile;
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
  const place = CODECS.indexOf(codec.slice(0, 4));
  return (range === undefined ? 0 : CODECS.length + 1) + (place < 0 ? CODECS.length : place);
}
