import type { PacketEdit, PlanSource, Recording } from "../../../contract/plan";
import type { ProbeStream } from "../ffprobe/output";
import type { SourceObject } from "../loopback/source";
import { NULL_PID, PACKET_BYTES } from "../transport/transportStream";

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

/** The number of the recording that is shown at a time. The first has -1, as it isn't listed. */
export function recordingAt({ recordings = [] }: Pick<PlanSource, "recordings">, pts: number): number {
  return recordings.findLastIndex((recording) => recording.pts <= pts);
}

/** What a decoder gets to read of a source: no pictures of other recordings than this one. */
export function recordingOf(source: PlanSource, number: number): SourceObject {
  const { recordings = [], edits = [] } = source;
  const [own, next] = [recordings[number], recordings[number + 1]];
  return {
    ...source,
    ...(own
      ? {
          edits: [
            ...edits,
            [
              { pid: own.pid, from: 0, becomes: NULL_PID },
              { pid: own.pid, from: own.from },
            ],
          ],
        }
      : {}),
    ...(next ? { bytes: next.from } : {}),
  };
}
