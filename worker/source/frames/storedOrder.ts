import { InputError } from "../../errors/errors";
import type { MediaInput } from "../../ffmpeg/input";
import { probeLines } from "../ffprobe/probeLines";
import type { ProbeStream } from "../ffprobe/output";
import type { Packet } from "./frameCounter";

/** How many packets are decoded to see in which order their pictures are shown. */
const DECODED = 300;

/**
 * Follows pictures whose times rise in the order in which they are stored. If they are shown in another order, a writer had no other times
 * than those of decoding: MXF of ffmpeg has only these for H.264, and so has an AVI that was copied into MP4.
 */
export class StoredOrder {
  private last: number | undefined;
  private every: number | undefined;
  private isEven = true;
  private isRising = true;

  add({ pts, hidden }: Packet): void {
    const ticks = this.last === undefined ? undefined : pts - this.last;
    this.last = pts;
    if (ticks !== undefined && ticks <= 0) this.isRising = false;
    this.every ??= ticks;
    // An edit list counts from times of which it is unknown what they show.
    if (hidden || (ticks !== undefined && ticks !== this.every)) this.isEven = false;
  }

  /**
   * The ticks from each picture to the next, if pictures aren't shown at their times and get them by their number. Undefined if each is shown
   * at its time. Throws if they can't be numbered.
   *
   * @param name The file's name in messages.
   */
  async findTicks(input: MediaInput, video: ProbeStream, name: string): Promise<number | undefined> {
    const { every, isEven, isRising } = this;
    if (!isRising || every === undefined || !video.has_b_frames || !(await isReordered(input, video, name))) {
      return undefined;
    }
    if (isEven) return every;
    throw new InputError(
      `${name} has pictures that are stored in another order than they are shown in, and states only when they are decoded, which is at uneven distances; export it again.`,
    );
  }
}

/** Whether pictures have falling times in the order in which the decoder shows them. */
async function isReordered(input: MediaInput, { index }: ProbeStream, name: string): Promise<boolean> {
  const begin = ["-select_streams", String(index), "-read_intervals", `%+#${DECODED}`];
  let shown = -Infinity;
  let isFalling = false;
  for await (const line of probeLines(input, [...begin, "-show_entries", "frame=pts"], name)) {
    const pts = Number.parseInt(line, 10);
    if (pts < shown) isFalling = true;
    if (!Number.isNaN(pts)) shown = pts;
  }
  return isFalling;
}
