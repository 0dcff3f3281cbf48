import type { Probe, ProbeFormat, ProbeStream } from "../ffprobe/output";
import { parseTimeBase } from "../ffprobe/timeBase";

/** Seconds by which a stream may fall short of the length in its header, since headers round it. */
const TOLERATED_SECONDS = 0.25;

/** A shortfall, as the rest of a sentence about the file. */
export interface Shortfall {
  sentence: string;
  /** Present where an edit list could explain it too: the streams have all the packets that their index lists, but not all are shown. */
  unlessEdited?: true;
}

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
        const sentence = `is cut off: its index lists ${listed} ${what}, and ${packets} are there.`;
        return { sentence, ...(reported ? {} : { unlessEdited: true }) };
      }
    }
    // MXF lists no frames, but its headers state a stream's length exactly, in edit units.
    const early = format.format_name.startsWith("mxf")
      ? streams.find((stream) => endsEarly(stream, this.found.get(stream.index)?.end ?? -Infinity))
      : undefined;
    if (early) return { sentence: `is cut off: its ${early.codec_type} ends before its header says.` };
    return reported ? { sentence: "is cut off: it ends in the middle of a frame." } : undefined;
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

function endsEarly({ time_base, start_pts = 0, duration_ts = 0, codec_type }: ProbeStream, end: number): boolean {
  if (codec_type !== "video" && codec_type !== "audio") return false;
  const [numerator, denominator] = parseTimeBase({ time_base });
  return ((start_pts + duration_ts - end) * numerator) / denominator > TOLERATED_SECONDS;
}
