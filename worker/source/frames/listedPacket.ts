/** A packet as ffprobe lists it. Times are in the time base of its stream, and NaN where there is none. */
export interface ListedPacket {
  /** What its stream holds, such as `video`. */
  kind: string;
  stream: number;
  pts: number;
  dts: number;
  duration: number;
  /** Bytes. */
  size: number;
  /** Where it begins in the file. NaN if the demuxer doesn't say. */
  position: number;
  key: boolean;
  /** Whether an edit list hides it: it is needed for decoding, but not shown. */
  hidden: boolean;
}

/** What ffprobe has to show, which it prints in this order. */
export const LISTED_ENTRIES = "packet=codec_type,stream_index,pts,dts,duration,size,pos,flags";

/** Reads a line of ffprobe's CSV. Undefined for those that describe no packet. */
export function parsePacket(line: string): ListedPacket | undefined {
  const [kind = "", stream = "", pts = "", dts = "", duration = "", size = "", position = "", flags = ""] =
    line.split(",");
  if (!/^\d+$/.test(stream)) return undefined;
  return {
    ...{ kind, stream: Number(stream), pts: Number(pts), dts: Number(dts), duration: Number(duration) || 0 },
    ...{ size: Number(size), position: Number(position), key: flags.includes("K"), hidden: flags.includes("D") },
  };
}
