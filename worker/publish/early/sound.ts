import { outputs } from "../../../contract/outputs";
import type { OwnedOutput } from "../../output/ownedOutput";
import { retryOnConflict } from "../../output/retryOnConflict";
import type { SegmentRecord } from "../../output/record";
import { growingPlaylist } from "../hls/growing";
import { isFinal, listSegments, segmentsIn } from "../hls/playlist";

/** Each version of the playlist is at least this much longer than the one before. */
const GROWTH = 1.25;

/**
 * Extends the growing playlist of an audio track, which one job encodes from beginning to end. Because each version is longer by a share
 * of its length, hours of sound need only a few dozen versions; and by the time a player reaches the end of one, it has played for
 * longer than the encoder needs for another quarter.
 */
export class GrowingSound {
  /** Number of segments in the playlist. */
  private listed = 0;

  constructor(
    private readonly output: OwnedOutput,
    private readonly track: string,
    private readonly timescale: number,
  ) {}

  /**
   * Returns whether the playlist became longer.
   *
   * @param segments All segments that are there.
   */
  async extend(segments: readonly Pick<SegmentRecord, "name" | "duration">[], ended = false): Promise<boolean> {
    const { output } = this;
    const path = outputs.playlist(this.track);
    if (segments.length < this.listed * GROWTH && !ended) return false;
    return retryOnConflict(output.uri(path), async () => {
      const version = await output.stat(path);
      const text = await output.readText(path);
      // A killed attempt, or the same job in another execution, may have listed more.
      this.listed = segmentsIn(text, output.plan).length;
      if (text !== undefined && isFinal(text) && this.listed > 0) return false;
      if (segments.length < this.listed * GROWTH && !ended) return false;
      const entries = listSegments({ segments, timescale: this.timescale });
      const playlist = growingPlaylist(output.plan, entries, ended);
      if (!(await output.replaceIfUnchanged(path, playlist, version))) return undefined;
      this.listed = entries.length;
      return true;
    });
  }
}
