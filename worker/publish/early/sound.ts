import type { Plan } from "../../../contract/plan";
import { paths } from "../../output/paths";
import type { SegmentRecord } from "../../output/record";
import { isFinal, listed, segmentsIn } from "../playlist";
import { wroteOver } from "../../storage/conditionalWrite";
import type { Storage } from "../../storage/storage";
import { growingPlaylist } from "./growing";

/** Each new playlist lists this much more than the one before, at least. */
const GROWTH = 1.25;

/**
 * Extends the growing playlist of a track of sound, which one job encodes from beginning to end. Growing by a share of its
 * length, it is written a few dozen times for hours of sound; and a player that has come to its end has played for longer
 * than the encoder needs for a quarter more.
 */
export class GrowingSound {
  /** Segments in the playlist. */
  private listed = 0;

  constructor(
    private readonly storage: Storage,
    private readonly output: string,
    private readonly plan: Plan,
    private readonly track: string,
    private readonly timescale: number,
  ) {}

  /** Takes all segments that are there. Returns whether the playlist became longer. */
  async extend(segments: readonly SegmentRecord[], ended = false): Promise<boolean> {
    const uri = paths.playlist(this.output, this.track);
    if (segments.length < this.listed * GROWTH && !ended) return false;
    for (;;) {
      const version = await this.storage.stat(uri);
      const text = await this.storage.readText(uri);
      // Of an attempt that was killed, or of the same job in another execution, there may be more.
      this.listed = segmentsIn(text, this.plan).length;
      if (text !== undefined && isFinal(text) && this.listed > 0) return false;
      if (segments.length < this.listed * GROWTH && !ended) return false;
      const entries = listed({ segments: [...segments], timescale: this.timescale });
      if (!(await wroteOver(this.storage, uri, growingPlaylist(this.plan, entries, ended), version))) continue;
      this.listed = entries.length;
      return true;
    }
  }
}
