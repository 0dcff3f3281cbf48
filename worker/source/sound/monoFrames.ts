import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";

import { assertNotInterrupted } from "../../ffmpeg/failure";
import { QUIET } from "../../ffmpeg/input";
import { type RunningProgram, start } from "../../ffmpeg/run";
import type { SoundFrame } from "./frames";
import { AAC_RATES } from "./sampleRates";
import { SteadyValue } from "./steadyValue";

const HEADER_BYTES = 7;

/** The samples of a frame of AAC, before an extension doubles them. */
export const AAC_SAMPLES = 1024;

/** How many of the frames that were tried have to be alike. */
const SUFFICIENT = 3;

/** How many frames are kept until the sample rate is known. */
const MOST_WAITING = 64;

interface Tried {
  seconds: number;
  /** A number for the description that is valid for the frame. */
  description: number;
}

interface Trial {
  rate: number;
  decoder: RunningProgram;
  /** The numbers of the frames that could be decoded. */
  decoded: Promise<Set<number>>;
}

/**
 * Tells frames with a single channel from those that begin with one and have others behind it, as 5.1 does. Only a decoder knows where an element
 * ends, so this has frames decoded as mono, which works for no others.
 */
export class MonoFrames {
  private readonly tried: Tried[] = [];
  private waiting: (Tried & SoundFrame)[] = [];
  private trial: Trial | undefined;

  /** @param rate The sample rate of the frame, if it is known. */
  async try(frame: SoundFrame, description: number, rate: number | undefined): Promise<void> {
    const waiting = this.waiting.filter((other) => other.description === description).slice(1 - MOST_WAITING);
    this.waiting = [...waiting, { ...frame, description }];
    if (rate === undefined) return;
    this.trial ??= startTrial(rate);
    // Where the rate changes with the description, the decoder's times would be those of other frames.
    if (rate !== this.trial.rate) return;
    const stdin = this.trial.decoder.stdin as Writable;
    for (const { bytes, seconds } of this.waiting.splice(0)) {
      this.tried.push({ seconds, description });
      const accepts = stdin.write(Buffer.concat([monoHeader(bytes.length, rate), bytes]));
      if (!accepts) await Promise.race([once(stdin, "drain"), this.trial.decoder.ended]);
    }
  }

  /** @returns When frames begin to have one channel, or more, although their description stays. */
  async finish(): Promise<number | undefined> {
    if (!this.trial) return undefined;
    const { decoder, decoded } = this.trial;
    decoder.stdin?.end();
    const mono = await decoded;
    assertNotInterrupted("the sound", await decoder.ended);
    let isMono = new SteadyValue<boolean>(SUFFICIENT);
    let known: number | undefined;
    for (const [index, { seconds, description }] of this.tried.entries()) {
      if (description !== known) isMono = new SteadyValue(SUFFICIENT);
      known = description;
      const changed = isMono.add(mono.has(index), seconds);
      if (changed !== undefined) return changed;
    }
    return undefined;
  }

  stop(): void {
    this.trial?.decoder.stop();
  }
}

function startTrial(rate: number): Trial {
  const source = ["-protocol_whitelist", "pipe", "-f", "aac", "-i", "pipe:0"];
  const args = [...QUIET, ...source, "-c:a", "pcm_s16le", "-ac", "1", "-f", "framecrc", "pipe:1"];
  const decoder = start("ffmpeg", args, { piped: true });
  // Whether it was killed shows when it has ended.
  decoder.stdin?.on("error", () => undefined);
  decoder.side.resume();
  return { rate, decoder, decoded: readDecoded(decoder.output, rate) };
}

/** Each frame takes its time in the decoder's input, whether or not it can be decoded. */
async function readDecoded(output: Readable, rate: number): Promise<Set<number>> {
  const decoded = new Set<number>();
  let tick = NaN;
  for await (const line of createInterface({ input: output })) {
    const [, numerator, denominator] = /^#tb 0: (\d+)\/(\d+)/.exec(line) ?? [];
    if (denominator !== undefined) tick = Number(numerator) / Number(denominator);
    if (/^\d/.test(line)) decoded.add(Math.round((Number(line.split(",")[2]) * tick * rate) / AAC_SAMPLES));
  }
  return decoded;
}

/** The header of ADTS (ISO 14496-3, 1.A.2) for a frame of AAC LC with one channel. */
function monoHeader(bytes: number, rate: number): Buffer {
  const header = Buffer.from([0xff, 0xf1, 0, 0, 0, 0, 0xfc]);
  const [lowComplexity, channels, length] = [1, 1, bytes + HEADER_BYTES];
  header.writeUInt8((lowComplexity << 6) | (AAC_RATES.indexOf(rate) << 2), 2);
  header.writeUIntBE((channels << 22) | (length << 5) | 0x1f, 3, 3);
  return header;
}
