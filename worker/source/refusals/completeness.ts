import type { Probe, ProbeFormat, ProbeStream } from "../ffprobe/output";
import { timeBaseOf } from "../ffprobe/timeBase";

/** Seconds that a stream may end before its header says, as headers are rounded. */
const TOLERATED_SECONDS = 0.25;

/** Compares what a file's index promises with what comes out of it, stream by stream. */
export class Completeness {
  private readonly seen = new Map<number, { packets: number; end: number }>();

  add(stream: number, pts: number, duration: number): void {
    const { packets, end } = this.seen.get(stream) ?? { packets: 0, end: -Infinity };
    this.seen.set(stream, { packets: packets + 1, end: Number.isNaN(pts) ? end : Math.max(end, pts + duration) });
  }

  /** How the file is cut off, as a sentence about it; nothing when it is whole. `stderr` is what the demuxer said. */
  shortfall({ format, streams }: Probe, stderr: string): string | undefined {
    const noticed = /partial file|File ended prematurely|Truncating packet/i.test(stderr);
    for (const stream of streams) {
      const { packets = 0, end = -Infinity } = this.seen.get(stream.index) ?? {};
      const listed = listsEmptyPackets(format, stream) ? 0 : Number(stream.nb_frames ?? 0);
      // An edit list leaves frames out on purpose; then the stream is as long as its header says all the same.
      if (listed > packets && (noticed || endsEarly(stream, end))) {
        const what = stream.codec_type === "video" ? "frames" : `packets of ${stream.codec_type ?? "data"}`;
        return `is cut off: its index lists ${listed} ${what}, and ${packets} are there.`;
      }
    }
    // Without a list of frames, what MXF says of a stream's length counts edit units, and is exact.
    const early = format.format_name.startsWith("mxf")
      ? streams.find((stream) => endsEarly(stream, this.seen.get(stream.index)?.end ?? -Infinity))
      : undefined;
    if (early) return `is cut off: its ${early.codec_type} ends before its header says.`;
    return noticed ? "is cut off: it ends in the middle of a frame." : undefined;
  }
}

/** For times without sound, AVI has packets with nothing in them. Whether the file is whole, its chunks tell. */
function listsEmptyPackets({ format_name }: ProbeFormat, { codec_type }: ProbeStream): boolean {
  return format_name === "avi" && codec_type === "audio";
}

function endsEarly({ time_base, start_pts = 0, duration_ts = 0, codec_type }: ProbeStream, end: number): boolean {
  if (codec_type !== "video" && codec_type !== "audio") return false;
  const [numerator, denominator] = timeBaseOf({ time_base });
  return ((start_pts + duration_ts - end) * numerator) / denominator > TOLERATED_SECONDS;
}
