import type { Probe, ProbeFormat, ProbeStream } from "../ffprobe/output";
import { parseTimeBase } from "../ffprobe/timeBase";

/** Seconds by which a stream may fall short of the length in its header, since headers round it. */
const TOLERATED_SECONDS = 0.25;

/** What a file lacks at its end. */
export interface Shortfall {
  /** The rest of a sentence about the file. */
  sentence: string;
  /** How much of the video isn't there. 0 where no more is known than that the last frame isn't whole. */
  seconds: number;
  /** What the file lacks, as a clause. */
  what: string;
  /** Present where an edit list could explain it too: the streams have all the packets that their index lists, but not all are shown. */
  unlessEdited?: true;
}

export const MID_FRAME: Shortfall = {
  sentence: "is cut off: it ends in the middle of a frame; upload or export it again.",
  seconds: 0,
  what: "the file ends in the middle of a frame",
};

/** Compares what a file's index promises with the packets found in the file, stream by stream. */
export class Completeness {
  private readonly found = new Map<number, { packets: number; end: number }>();

  add(stream: number, pts: number, duration: number): void {
    const { packets, end } = this.found.get(stream) ?? { packets: 0, end: -Infinity };
    this.found.set(stream, { packets: packets + 1, end: Number.isNaN(pts) ? end : Math.max(end, pts + duration) });
  }

  /** Describes how the file is cut off; undefined when it is complete. `stderr` is the demuxer's. */
  shortfall(probed: Probe, stderr: string): Shortfall | undefined {
    const { format, streams } = probed;
    const reported = /partial file|File ended prematurely|Truncating packet/i.test(stderr);
    for (const stream of streams) {
      const { packets = 0, end = -Infinity } = this.found.get(stream.index) ?? {};
      const listed = packetsListed(format, stream);
      // An edit list leaves frames out on purpose, but the stream is then still as long as its header says.
      if (listed > packets && (reported || endsEarly(stream, end))) {
        const what = stream.codec_type === "video" ? "frames" : `packets of ${stream.codec_type ?? "data"}`;
        return {
          sentence: `is cut off: its index lists ${listed} ${what}, and ${packets} are there; upload or export it again.`,
          seconds: secondsLacking(stream, end, 1 - packets / listed),
          what: `${packets} of ${listed} ${what} that the index lists are there`,
          ...(reported ? {} : { unlessEdited: true }),
        };
      }
    }
    // MXF lists no frames, but its headers state a stream's length exactly, in edit units.
    const early = format.format_name.startsWith("mxf")
      ? streams.find((stream) => endsEarly(stream, this.found.get(stream.index)?.end ?? -Infinity))
      : undefined;
    if (early) {
      const { end = -Infinity } = this.found.get(early.index) ?? {};
      const what = `its ${early.codec_type} ends before its header says`;
      return { sentence: `is cut off: ${what}; upload or export it again.`, seconds: secondsEarly(early, end), what };
    }
    return reported ? MID_FRAME : undefined;
  }

  /** Whether every stream has all the packets that its index lists. */
  hasAll({ format, streams }: Probe): boolean {
    return streams.every((stream) => packetsListed(format, stream) <= (this.found.get(stream.index)?.packets ?? 0));
  }
}

function packetsListed(format: ProbeFormat, stream: ProbeStream): number {
  return listsEmptyPackets(format, stream) ? 0 : Number(stream.nb_frames ?? 0);
}

/** AVI stores empty packets where there is no sound, so a lower count proves nothing; the check for truncation covers AVI instead. */
function listsEmptyPackets({ format_name }: ProbeFormat, { codec_type }: ProbeStream): boolean {
  return format_name === "avi" && codec_type === "audio";
}

function endsEarly(stream: ProbeStream, end: number): boolean {
  const { codec_type } = stream;
  return (codec_type === "video" || codec_type === "audio") && secondsEarly(stream, end) > TOLERATED_SECONDS;
}

/** How much earlier a stream ends than its header says. */
function secondsEarly({ time_base, start_pts = 0, duration_ts = 0 }: ProbeStream, end: number): number {
  const [numerator, denominator] = parseTimeBase({ time_base });
  return ((start_pts + duration_ts - end) * numerator) / denominator;
}

/** Some headers state the length of what is there. Then the packets that the index lists tell. */
function secondsLacking(stream: ProbeStream, end: number, share: number): number {
  const { time_base, start_pts = 0 } = stream;
  const [numerator, denominator] = parseTimeBase({ time_base });
  const found = ((end - start_pts) * numerator) / denominator;
  return Math.max(secondsEarly(stream, end), (found * share) / (1 - share) || 0);
}
