import { createInterface } from "node:readline";

import { InputError, JobError } from "../../errors";
import { blamesSurroundings } from "../../ffmpeg/failure";
import { start } from "../../ffmpeg/run";
import type { MediaInput } from "../../storage/storage";
import { Completeness } from "../refusals/completeness";
import { FieldPairs, fieldTicks } from "./fieldPairs";
import type { FrameScan } from "./frameCounter";
import { FrameCounter } from "./frameCounter";
import type { Probe, ProbeStream } from "../ffprobe/output";
import { timeBaseOf } from "../ffprobe/timeBase";
import { probeOptions } from "../probe";

export interface Scan extends FrameScan {
  /** Packets of the video up to and with the first keyframe. */
  packetsToKeyframe: number;
  /** The first timestamp of each stream that has a packet, by its index. */
  begins: ReadonlyMap<number, number>;
}

/**
 * Lists the file's packets without decoding them. Memory grows with the keyframes only. A file whose index promises more
 * than it holds is refused here, before anything is encoded.
 */
export async function scanFrames(
  input: MediaInput,
  probed: Probe,
  video: ProbeStream,
  name: string,
  gopSeconds: number,
): Promise<Scan> {
  const show = ["-show_entries", "packet=stream_index,pts,duration,flags", "-of", "csv=p=0"];
  const ffprobe = start("ffprobe", [...probeOptions(input), ...show, "-i", input.url]);
  const [numerator, denominator] = timeBaseOf(video);
  const frames = new FrameCounter((gopSeconds * denominator) / numerator);
  const pictures = new FieldPairs(fieldTicks(probed, video), (picture) => frames.add(picture));
  const completeness = new Completeness();
  let shown = 0;
  let packetsToKeyframe = 0;
  const begins = new Map<number, number>();
  for await (const line of createInterface({ input: ffprobe.output })) {
    const [stream = "", pts = "", duration = "", flags = ""] = line.split(",");
    if (!/^\d+$/.test(stream)) continue;
    const [time, lasting] = [Number(pts), Number(duration) || 0];
    completeness.add(Number(stream), time, lasting);
    if (!Number.isNaN(time) && !begins.has(Number(stream))) begins.set(Number(stream), time);
    if (Number(stream) !== video.index) continue;
    if (Number.isNaN(time) && !pictures.awaitsSecond)
      throw new InputError(`${name} has frames without timestamps; remux it, for example into MKV.`);
    shown += 1;
    const key = flags.includes("K");
    if (key) packetsToKeyframe ||= shown;
    pictures.add({ pts: time, duration: lasting, key, hidden: flags.includes("D") });
  }
  pictures.flush();
  const { code, signal, stderr } = await ffprobe.ended;
  if (signal) throw new JobError(`ffprobe was ended by ${signal}.`);
  const complaint = stderr.trim().split("\n").at(-1) ?? "";
  if (blamesSurroundings(stderr)) throw new JobError(`Reading ${name} failed: ${complaint}`);
  const shortfall = completeness.shortfall(probed, stderr);
  if (shortfall) throw new InputError(`${name} ${shortfall}`);
  if (code !== 0) throw new InputError(`${name} can't be read to its end: ${complaint}`);
  if (shown === 0) throw new InputError(`${name} has a video stream without a single frame.`);
  const scan = frames.finish();
  if (!scan) throw new InputError(`${name} has no keyframe at which decoding could begin.`);
  return { ...scan, packetsToKeyframe, begins };
}
