import { outputs } from "../../../contract/outputs";
import type { OwnedOutput } from "../../output/ownedOutput";
import { encodeIn } from "../hls/playlist";
import type { Track } from "./track";

/** The mark of the encode that the playlist of a track lists, growing or final. */
export async function playedEncode(output: OwnedOutput, track: string): Promise<string | undefined> {
  return encodeIn(await output.readText(outputs.playlist(track)), output.plan);
}

/** Puts the encode that is being played first, so that it stays if several encoders have made all of a track. */
export async function playedFirst(output: OwnedOutput, track: string, marks: readonly string[]): Promise<string[]> {
  const played = await playedEncode(output, track);
  return [...marks].sort((a, b) => Number(b === played) - Number(a === played));
}

/** The first encode that is complete. If none is, the first one's error is thrown. */
export async function firstComplete(tracks: readonly (() => Promise<Track>)[]): Promise<Track> {
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
