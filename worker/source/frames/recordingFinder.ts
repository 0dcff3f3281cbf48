import type { Recording } from "../../../contract/plan";
import type { PacketEdit } from "../../../contract/sourceChanges";
import type { ProbeStream } from "../ffprobe/output";
import { PACKET_BYTES } from "../transport/transportStream";

/**
 * Codecs whose pictures are numbered in the order in which they are shown. Unless a recording begins with a picture that says so, decoders
 * take its numbers for those of the one before, and show pictures late, in another order or not at all.
 */
const NUMBERED = ["h264", "hevc"];

/** Finds when the recordings begin that the edits of a source join, while its packets are listed. */
export class RecordingFinder {
  readonly found: Recording[] = [];
  private readonly begins: readonly PacketEdit[];

  constructor(edits: readonly (readonly PacketEdit[])[], { codec_name = "" }: ProbeStream) {
    this.begins = NUMBERED.includes(codec_name) ? edits.flat().filter(({ anew }) => anew) : [];
  }

  /** Takes the packets of pictures, with their positions as the demuxer counts them. */
  add({ position, pts }: { position: number; pts: number }): void {
    const begun = this.begins.find(({ from }) => position <= from && position > from - PACKET_BYTES);
    if (begun) this.found.push({ pid: begun.becomes ?? begun.pid, from: begun.from, pts });
  }
}
