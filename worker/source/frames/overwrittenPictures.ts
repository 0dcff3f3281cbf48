import type { ReadUpTo } from "../../storage/readRange";
import type { Probe, ProbeStream } from "../ffprobe/output";
import { type BeginOf, findStoredBegin } from "../picture/packetBegin";
import { STUFFING, type Stuffing } from "../picture/stuffing";
import { slicesFrom } from "./nalUnits";
import type { ListedPacket } from "./listedPacket";

/** Bytes of the same value, one after the other, that no coded picture has: less than half of a disk's sector. */
const RUN = 128;

/** Bytes that come before a packet: more than the header of a block, a tag or a key. */
const HEAD = 32;

/** A picture of which a part is overwritten. */
export type Overwritten = Pick<ListedPacket, "pts" | "dts" | "duration">;

/**
 * Finds pictures of which a sector became zeros or ones, as a disk or a card leaves it, while packets are listed. Many decoders make pictures of
 * that without a word.
 */
export class OverwrittenPictures {
  readonly found: Overwritten[] = [];
  private readonly runs: readonly Buffer[];

  private constructor(
    private readonly read: ReadUpTo,
    private readonly beginOf: BeginOf,
    private readonly codec: string,
    private readonly stuffing: Stuffing,
  ) {
    this.runs = stuffing.fills.map((fill) => Buffer.alloc(RUN, fill));
  }

  /** Undefined for codecs with such runs, and for containers whose packets aren't stored in one piece. */
  static of(read: ReadUpTo, { format }: Probe, { codec_name = "" }: ProbeStream): OverwrittenPictures | undefined {
    const [stuffing, beginOf] = [STUFFING[codec_name], findStoredBegin(format)];
    return stuffing && beginOf && new OverwrittenPictures(read, beginOf, codec_name, stuffing);
  }

  /** Takes a packet of the video. */
  async add({ pts, dts, duration, position, size }: ListedPacket): Promise<void> {
    if (size < RUN || Number.isNaN(position) || Number.isNaN(pts)) return;
    const stored = await this.read(position, HEAD + size);
    const begin = this.beginOf(stored);
    if (this.isOverwritten(stored.subarray(begin, begin + size))) this.found.push({ pts, dts, duration });
  }

  private isOverwritten(packet: Buffer): boolean {
    // Few packets have a run at all.
    const runs = this.runs.filter((run) => packet.includes(run));
    if (runs.length === 0) return false;
    const [begin, mayEndAt] = [slicesFrom(packet, this.codec), this.stuffing.endsIn(packet)];
    return runs.some((run) => {
      for (let at = packet.indexOf(run); at >= 0;) {
        const end = endOfRun(packet, at);
        if (at >= begin && !mayEndAt(end)) return true;
        at = packet.indexOf(run, end);
      }
      return false;
    });
  }
}

function endOfRun(packet: Buffer, from: number): number {
  let end = from;
  while (packet[end] === packet[from]) end += 1;
  return end;
}
