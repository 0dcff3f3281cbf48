import { createInterface } from "node:readline";

import { InputError } from "../errors/errors";
import type { MediaInput } from "../ffmpeg/input";
import { start } from "../ffmpeg/run";
import { assertRead } from "../source/ffprobe/assertRead";
import { PROBE_OPTIONS } from "../source/ffprobe/options";
import { CONCEALED, SKIPPED_NUMBERS } from "./signs";
import type { Timed } from "./stretches";

/** A packet with a picture, or with sound. */
export interface ListedPacket extends Timed {
  key: boolean;
}

/** What becomes of a part of a stream when it is decoded. Times are in the time base of the stream. */
export interface Decoding {
  /** The packets that aren't empty and have a time, or all that aren't empty if none has one, in decoding order. */
  listed: ListedPacket[];
  /** The times of what the decoder gives. */
  decoded: ReadonlySet<number>;
  /** The packets with which the decoder reported that it made up parts of a picture. A report may come some pictures late. */
  concealed: ListedPacket[];
  /** The packets before which the decoder found that pictures are missing. */
  interrupted: ListedPacket[];
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

/** The level of decoders' reports: some only remark that they concealed errors, and that pictures are missing. */
const REMARKS = "48";

/** Makes ffprobe print what decoders report, with its severity. What it prints before the first picture is in no log of a picture. */
const REPORTING = ["-loglevel", "level+info"];

/** Decodes a part of a stream, one packet after another, so that reports can be told from those of other packets. */
export async function decodePart({ input, stream, from, to, name }: Part): Promise<Decoding> {
  const show = ["-show_packets", "-show_frames", "-show_log", REMARKS];
  const entries = [
    "-show_entries",
    "packet=pts,dts,duration,size,flags:frame=pts,best_effort_timestamp:log=message:stream=time_base",
  ];
  const interval = from === undefined && to === undefined ? [] : ["-read_intervals", intervalOf(from, to)];
  const options = [...["-threads", "1", "-select_streams", String(stream)], ...show, ...entries, ...interval];
  const log = new DecodingLog();
  const ffprobe = start("ffprobe", [...PROBE_OPTIONS, ...REPORTING, ...options, "-of", "compact", "-i", input.url], {
    input,
    onLine: log.takePrinted,
  });
  for await (const line of createInterface({ input: ffprobe.output })) log.take(line);
  const exit = await ffprobe.ended;
  // Version 5 does, where a stream begins that it didn't know at first.
  if (exit.signal === "SIGSEGV") {
    throw new InputError(
      `${name} is damaged so that ffprobe crashes (SIGSEGV); export it again, or process it with a newer ffmpeg.`,
    );
  }
  assertRead(name, exit);
  return log.finish(from === undefined);
}

/** Follows what ffprobe lists of packets and the pictures that they give. */
class DecodingLog {
  private readonly timed: ListedPacket[] = [];
  private readonly untimed: ListedPacket[] = [];
  private readonly shown: number[] = [];
  private readonly estimated = new Set<number>();
  private readonly concealed = new Set<ListedPacket>();
  private readonly interrupted = new Set<ListedPacket>();
  private readonly printed = new Set<string>();
  private readonly logged: string[] = [];
  private seconds = NaN;
  private last: ListedPacket | undefined;

  /** Takes a line of ffprobe's standard error. */
  readonly takePrinted = (text: string): void => void (CONCEALED.test(text) && this.printed.add(text));

  take(line: string): void {
    if (line.startsWith("packet|")) return this.takePacket(line);
    const [, numerator, denominator] = /^stream\|time_base=(\d+)\/(\d+)/.exec(line) ?? [];
    if (numerator !== undefined) this.seconds = Number(numerator) / Number(denominator);
    if (line.startsWith("frame|")) {
      this.shown.push(valueOf(line, "pts"));
      const estimated = valueOf(line, "best_effort_timestamp");
      if (!Number.isNaN(estimated)) this.estimated.add(estimated);
    }
    const { last } = this;
    if (last && CONCEALED.test(line)) {
      this.concealed.add(last);
      this.logged.push(line);
    }
    if (last && SKIPPED_NUMBERS.test(line)) this.interrupted.add(last);
  }

  private takePacket(line: string): void {
    const [pts, duration, key] = [valueOf(line, "pts"), valueOf(line, "duration") || 0, /\|flags=K/.test(line)];
    if (valueOf(line, "size") === 0) return;
    const { timed, untimed } = this;
    if (!Number.isNaN(pts)) timed.push((this.last = { pts, duration, key }));
    // In AVI each picture has the slot after its own.
    else if (timed.length === 0) untimed.push((this.last = { pts: valueOf(line, "dts") + duration, duration, key }));
  }

  /** @param isFromStart Whether the part begins where the stream does. */
  finish(isFromStart: boolean): Decoding {
    const { timed, untimed, concealed, interrupted, printed, logged, seconds } = this;
    const listed = timed.length > 0 ? timed : untimed.filter(({ pts }) => !Number.isNaN(pts));
    const listedOf = (packets: ReadonlySet<ListedPacket>): ListedPacket[] =>
      listed.filter((packet) => packets.has(packet));
    const decoded = this.decodedOf(listed.map(({ pts }) => pts));
    // Many decoders give the first picture only with the next packet, and ffprobe forgets what it logged with a packet that gives none.
    const isForgotten = [...printed].some((text) => !logged.some((line) => line.includes(text)));
    const isComplete = listed.every(({ pts }) => decoded.has(pts));
    if (listed[0] && isFromStart && isForgotten && isComplete) concealed.add(listed[0]);
    return { listed, decoded, concealed: listedOf(concealed), interrupted: listedOf(interrupted), seconds };
  }

  /** The times of what the decoder gives, by those of the packets. */
  private decodedOf(stored: readonly number[]): ReadonlySet<number> {
    const { timed, shown, estimated } = this;
    // Without times it can't be told what is missing.
    if (timed.length === 0 && estimated.size > 0) return new Set(stored);
    // The times of decoding go from packets to pictures, but ffprobe's estimate is then another one.
    return isRising(stored) && !isRising(shown) ? new Set(shown) : estimated;
  }
}

function isRising(times: readonly number[]): boolean {
  return times.every((time, index) => index === 0 || !(time <= (times[index - 1] as number)));
}

function intervalOf(from: number | undefined, to: number | undefined): string {
  return `${from?.toFixed(6) ?? ""}%${to?.toFixed(6) ?? ""}`;
}

function valueOf(line: string, member: string): number {
  return Number(new RegExp(`\\|${member}=([^|]*)`).exec(line)?.[1] ?? NaN);
}
