import type { Plan } from "../../contract/plan";
import { paths } from "../output/paths";
import type { Storage } from "../storage/storage";
import { encodeIn } from "./playlist";
import type { Track } from "./track";

/** A track by its name, and where it is. */
export interface TrackPlace {
  storage: Storage;
  output: string;
  plan: Plan;
  name: string;
}

/** Should several encoders have made all of a track, the one whose segments are being played stays. */
export async function playedFirst(
  { storage, output, plan, name }: TrackPlace,
  marks: readonly string[],
): Promise<string[]> {
  const played = encodeIn(await storage.readText(paths.playlist(output, name)), plan);
  return [...marks].sort((a, b) => Number(b === played) - Number(a === played));
}

/** The first that is whole. If none is, what is wrong with the first. */
export async function firstWhole(tracks: readonly (() => Promise<Track>)[]): Promise<Track> {
  const failures: unknown[] = [];
  for (const track of tracks) {
    try {
      return await track();
    } catch (error) {
      failures.push(error);
    }
  }
  throw failures[0];
}
