import { createInterface } from "node:readline";

import { InputError, JobError } from "../../errors/errors";
import { assertNotInterrupted, lastCause, withFullStop } from "../../ffmpeg/failure";
import { start } from "../../ffmpeg/run";
import type { MediaInput } from "../../ffmpeg/input";
import { Completeness } from "../refusals/completeness";
import { isEdited } from "../refusals/isEdited";
import { FieldPairs, fieldTicks } from "./fieldPairs";
import type { CountedFrames } from "./frameCounter";
import { FrameCounter } from "./frameCounter";
import type { VideoLength } from "../refusals/length";
import { LongestPause } from "./longestPause";
import { SoundRuns } from "./soundRuns";
import type { Probe, ProbeStream } from "../ffprobe/output";
import { parseTimeBase } from "../ffprobe/timeBase";
import { PROBE_OPTIONS } from "../ffprobe/options";

export interface FrameScan extends CountedFrames, VideoLength {
  /** The number of the video's packets up to and including the first keyframe. */
  packetsToKeyframe: number;
  /** The first timestamp of each stream that has a packet, by the stream's index. */
  firstTimestamps: ReadonlyMap<number, number>;
  /** When each stream of sound is heard. */
  sounds: SoundRuns;
}

export interface ScanOptions {
  input: MediaInput;
  probed: Probe;
  video: ProbeStream;
  /** The file's name in messages. */
  name: string;
  /** The length of one GOP of the renditions. */
  gopSeconds: number;
}

/**
 * Lists the file's packets without decoding them; only keyframes and minutes take memory. Refuses a file whose index promises more than it
 * holds, before anything is encoded.
 */
export async function scanFrames({ input, probed, video, name, gopSeconds }: ScanOptions): Promise<FrameScan> {
  const show = ["-show_entries", "packet=stream_index,pts,duration,flags", "-of", "csv=p=0"];
  const ffprobe = start("ffprobe", [...PROBE_OPTIONS, ...show, "-i", input.url], { input });
  const [numerator, denominator] = parseTimeBase(video);
  const frames = new FrameCounter((gopSeconds * denominator) / numerator);
  const pictures = new FieldPairs(fieldTicks(probed, video), (picture) => frames.add(picture));
  const completeness = new Completeness();
  const secondsPerTick = ticksOf(probed);
  const pauses = new LongestPause();
  const sounds = new SoundRuns();
  let packets = 0;
  let packetsToKeyframe = 0;
  const firstTimestamps = new Map<number, number>();
  for await (const line of createInterface({ input: ffprobe.output })) {
    const [stream = "", pts = "", duration = "", flags = ""] = line.split(",");
    if (!/^\d+$/.test(stream)) continue;
    const [time, length] = [Number(pts), Number(duration) || 0];
    completeness.add(Number(stream), time, length);
    const tick = secondsPerTick.get(Number(stream));
    if (tick !== undefined && !Number.isNaN(time)) pauses.add(time * tick);
    if (!Number.isNaN(time) && !firstTimestamps.has(Number(stream))) firstTimestamps.set(Number(stream), time);
    if (tick !== undefined && !Number.isNaN(time) && Number(stream) !== video.index && !flags.includes("D"))
      sounds.add(Number(stream), time * tick, length * tick);
    if (Number(stream) !== video.index) continue;
    if (Number.isNaN(time) && !pictures.awaitsSecondField)
      throw new InputError(`${name} has frames without timestamps; remux it, for example into MKV.`);
    packets += 1;
    const key = flags.includes("K");
    if (key) packetsToKeyframe ||= packets;
    pictures.add({ pts: time, duration: length, key, hidden: flags.includes("D") });
  }
  pictures.flush();
  const { code, signal, stderr } = await ffprobe.ended;
  if (signal) throw new JobError(`ffprobe was ended by ${signal}.`);
  assertNotInterrupted(name, stderr);
  const shortfall = completeness.shortfall(probed, stderr);
  if (shortfall && !(shortfall.unlessEdited && (await isEdited(input, probed, name))))
    throw new InputError(`${name} ${shortfall.sentence}`);
  if (code !== 0) {
    const reason = withFullStop(lastCause(stderr) ?? `ffprobe's exit code is ${code}`);
    throw new InputError(`${name} can't be read to its end: ${reason}`);
  }
  if (packets === 0) throw new InputError(`${name} has a video stream without a single frame.`);
  const scan = frames.finish();
  if (!scan) throw new InputError(`${name} has no keyframe at which decoding could begin.`);
  const secondsOf = (ticks: number): number => (ticks * numerator) / denominator;
  const [begins, ends] = [secondsOf(scan.keyframes[0] as number), secondsOf(scan.end)];
  const length: VideoLength = { seconds: ends - begins, pause: pauses.between(begins, ends) };
  return { ...scan, packetsToKeyframe, firstTimestamps, sounds, ...length };
}

/** The seconds of a tick, by the index of each stream with pictures or sound. */
function ticksOf({ streams }: Probe): ReadonlyMap<number, number> {
  const seen = streams.filter(({ codec_type }) => codec_type === "video" || codec_type === "audio");
  return new Map(
    seen.map((stream) => {
      const [numerator, denominator] = parseTimeBase(stream);
      return [stream.index, numerator / denominator];
    }),
  );
}
