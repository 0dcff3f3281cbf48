import { createInterface } from "node:readline";

import { JobError } from "../errors/errors";
import { assertNotInterrupted } from "../ffmpeg/failure";
import type { MediaInput } from "../ffmpeg/input";
import { start } from "../ffmpeg/run";
import { PROBE_OPTIONS } from "../source/ffprobe/options";
import type { Timed } from "./stretches";

/** What becomes of a part of a stream when it is decoded. Times are in the time base of the stream. */
export interface Decoding {
  /** The packets that aren't empty and have a time, in decoding order. */
  listed: Timed[];
  /** The times of what the decoder gives. */
  decoded: ReadonlySet<number>;
  /** The packets with which the decoder reported that it made up parts of a picture. A report may come some pictures late. */
  concealed: Timed[];
  /** How long a tick lasts. NaN if there is no such stream. */
  seconds: number;
}

export interface Part {
  input: MediaInput;
  /** The index of the stream. */
  stream: number;
  /** Seconds. Absent to begin with the file. */
  from?: number;
  /** Seconds. Absent to end with the file. */
  to?: number;
  /** The file's name in messages. */
  name: string;
}

/** The level of decoders' reports: some say only as a remark that they concealed errors. */
const REMARKS = "32";

/**
 * How decoders report that a part of a picture isn't the recorded one. A missing reference of H.264 isn't among it: a picture nearby takes
 * its place, where HEVC's decoder makes a grey one.
 */
const CONCEALED = /concealing \d+ DC|Could not find ref with POC|error y=\d+ x=\d+/;

/** Decodes a part of a stream, one packet after another, so that reports can be told from those of other packets. */
export async function decodePart({ input, stream, from, to, name }: Part): Promise<Decoding> {
  const show = ["-show_packets", "-show_frames", "-show_log", REMARKS];
  const entries = [
    "-show_entries",
    "packet=pts,duration,size:frame=best_effort_timestamp:log=message:stream=time_base",
  ];
  const interval = from === undefined && to === undefined ? [] : ["-read_intervals", intervalOf(from, to)];
  const options = [...["-threads", "1", "-select_streams", String(stream)], ...show, ...entries, ...interval];
  const ffprobe = start("ffprobe", [...PROBE_OPTIONS, ...options, "-of", "compact", "-i", input.url], { input });
  const listed: Timed[] = [];
  const decoded = new Set<number>();
  const concealed = new Set<Timed>();
  let seconds = NaN;
  let last: Timed | undefined;
  for await (const line of createInterface({ input: ffprobe.output })) {
    if (line.startsWith("packet|")) {
      const packet = { pts: valueOf(line, "pts"), duration: valueOf(line, "duration") || 0 };
      if (valueOf(line, "size") === 0 || Number.isNaN(packet.pts)) continue;
      listed.push(packet);
      last = packet;
      continue;
    }
    const [, numerator, denominator] = /^stream\|time_base=(\d+)\/(\d+)/.exec(line) ?? [];
    if (numerator !== undefined) seconds = Number(numerator) / Number(denominator);
    const shown = line.startsWith("frame|") ? valueOf(line, "best_effort_timestamp") : NaN;
    if (!Number.isNaN(shown)) decoded.add(shown);
    if (last && CONCEALED.test(line)) concealed.add(last);
  }
  const { signal, stderr } = await ffprobe.ended;
  if (signal) throw new JobError(`ffprobe was ended by ${signal}.`);
  assertNotInterrupted(name, stderr);
  return { listed, decoded, concealed: [...concealed], seconds };
}

function intervalOf(from: number | undefined, to: number | undefined): string {
  return `${from?.toFixed(6) ?? ""}%${to?.toFixed(6) ?? ""}`;
}

function valueOf(line: string, member: string): number {
  return Number(new RegExp(`\\|${member}=([^|]*)`).exec(line)?.[1] ?? NaN);
}
