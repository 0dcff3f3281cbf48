import type { MediaInput } from "../../ffmpeg/input";
import { isContainer } from "../ffprobe/isContainer";
import type { Probe, ProbeStream } from "../ffprobe/output";
import { probeLines } from "../ffprobe/probeLines";

/** Codecs of browsers, which begin small and grow with the bandwidth. Their headers have the first size. */
const GROWING = ["vp8", "vp9"];

/** Codecs that grow where a browser records a call: into Matroska, without stating the length. In other files that is rare, and decoding takes long. */
const GROWING_LIVE = ["h264", "hevc", "av1"];

/** A size in pixels, and the timestamp from which on pictures have it. */
export interface SizeChange {
  from: number;
  width: number;
  height: number;
  /** How wide a pixel is for its height. Absent if only the container says so. */
  pixel?: [width: number, height: number];
}

/** Lists the sizes of the pictures, which change at keyframes. Empty for codecs whose size doesn't change by itself. */
export async function findSizes(
  input: MediaInput,
  { format }: Pick<Probe, "format">,
  video: ProbeStream,
  name: string,
): Promise<SizeChange[]> {
  const isLive = isContainer(format, ["matroska"]) && format.duration === undefined;
  if (![...GROWING, ...(isLive ? GROWING_LIVE : [])].includes(video.codec_name ?? "")) return [];
  const keyframes = ["-select_streams", String(video.index), "-skip_frame", "nokey"];
  const show = ["-show_entries", "frame=pts,width,height"];
  const sizes: SizeChange[] = [];
  for await (const line of probeLines(input, [...keyframes, ...show], name)) {
    const [, from, width, height] = (/^(-?\d+),(\d+),(\d+)/.exec(line) ?? []).map(Number);
    if (from === undefined || width === undefined || height === undefined) continue;
    const last = sizes.at(-1);
    if (last?.width !== width || last.height !== height) sizes.push({ from, width, height });
  }
  return sizes;
}

/** The stream with the size that it has for the longest time: that of most of a call which began with little bandwidth. */
export function withPrevailingSize(video: ProbeStream, sizes: readonly SizeChange[], end: number): ProbeStream {
  const shown = new Map<string, { ticks: number; size: Omit<SizeChange, "from"> }>();
  for (const [index, { from, ...size }] of sizes.entries()) {
    const ticks = (sizes[index + 1]?.from ?? end) - from;
    const key = JSON.stringify(size);
    shown.set(key, { ticks: (shown.get(key)?.ticks ?? 0) + ticks, size });
  }
  const [longest] = [...shown.values()].sort((a, b) => b.ticks - a.ticks || b.size.width - a.size.width);
  if (!longest) return video;
  const { pixel, ...size } = longest.size;
  return { ...video, ...size, ...(pixel ? { sample_aspect_ratio: pixel.join(":") } : {}) };
}
