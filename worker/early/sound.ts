import type { Plan } from "../../components/workflow/plan";
import { paths } from "../output/paths";
import type { SegmentRecord } from "../output/record";
import { listed } from "../packaging/playlist";
import type { Storage } from "../storage/storage";
import { growingPlaylist, segmentsIn } from "./growing";

/** Each new playlist lists this much more than the one before, at least. */
const GROWTH = 1.25;

/**
 * Extends the growing playlist of a track of sound, which one job encodes from beginning to end. Growing by a share of its
 * length, it is written a few dozen times for hours of sound; and a player that has come to its end has played for longer
 * than the encoder needs for a quarter more.
 */
export class GrowingSound {
  /** Segments in the playlist; those of an attempt that was killed will come again, the same. */
  private listed: Promise<number> | undefined;

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
    this.listed ??= this.storage.readText(uri).then((text) => segmentsIn(text, this.plan).length);
    if (segments.length < (await this.listed) * GROWTH && !ended) return false;
    const entries = listed({ segments: [...segments], timescale: this.timescale });
    await this.storage.write(uri, growingPlaylist(this.plan, entries, ended));
    this.listed = Promise.resolve(entries.length);
    return true;
  }
}
