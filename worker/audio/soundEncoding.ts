import type { Readable, Writable } from "node:stream";

import type { Plan, PlanAudio } from "../../contract/plan";
import type { MediaInput } from "../ffmpeg/input";
import { awaitSuccess } from "../ffmpeg/output";
import type { RunningProgram } from "../ffmpeg/run";
import { start } from "../ffmpeg/run";
import { decodingArguments, encodingArguments } from "./arguments";

/** More than the header that precedes decoded sound, and less sound than anyone hears. */
const HEADER_BYTES = 1024;

const BYTES_PER_SAMPLE = 4;

export interface SoundToEncode {
  plan: Plan;
  tracks: readonly PlanAudio[];
  input: MediaInput;
  /** What messages call the sound. */
  subject: string;
}

/** Decodes audio tracks with one run of ffmpeg, and encodes each of them with one of its own. */
export class SoundEncoding {
  private readonly decoder: RunningProgram;
  private readonly encoders: RunningProgram[] = [];

  constructor(private readonly sound: SoundToEncode) {
    const { plan, tracks, input } = sound;
    this.decoder = start("ffmpeg", decodingArguments(plan, tracks, input), { input, outputs: tracks.length });
  }

  /** The decoder's progress. */
  get side(): Readable {
    return this.decoder.side;
  }

  /** What the decoder reported, once it has ended. */
  async reports(): Promise<string> {
    return (await this.decoder.ended).stderr;
  }

  /** Yields the encoded track of a number. All have to be read at once, because the decoder waits until each of its outputs is. */
  async *read(index: number): AsyncGenerator<Buffer, void> {
    const { plan, tracks, subject } = this.sound;
    const track = tracks[index] as PlanAudio;
    const decoded = this.decoder.outputs[index] as Readable;
    const head = await readHead(decoded, HEADER_BYTES);
    // Without a single frame ffmpeg doesn't open what it decoded. One sample suffices, for the rest is filled with silence.
    const isSilent = head.length < HEADER_BYTES;
    const encoder = start("ffmpeg", encodingArguments(plan, track, isSilent ? "samples" : "decoded"), { piped: true });
    encoder.side.resume();
    this.encoders.push(encoder);
    const stdin = encoder.stdin as Writable;
    stdin.write(isSilent ? Buffer.alloc(BYTES_PER_SAMPLE * track.channels) : head);
    const fed = this.feed(decoded, encoder);
    // eslint-disable-next-line no-restricted-syntax -- it is awaited when the output has been read
    fed.catch(() => undefined);
    yield* encoder.output as AsyncIterable<Buffer>;
    // Rejects with the one that failed by itself: an encoder that is stopped because the decoder failed ends after that.
    await Promise.all([fed, awaitSuccess(encoder, subject)]);
  }

  stop(): void {
    this.decoder.stop();
    for (const encoder of this.encoders) encoder.stop();
  }

  /** The encoder learns that its input is complete only if that is true, or else it would fill what is lacking with silence. */
  private async feed(decoded: Readable, encoder: RunningProgram): Promise<void> {
    const stdin = encoder.stdin as Writable;
    // An encoder may end before its input does: it has all that it needs, or its exit shows why not. The decoder goes on.
    stdin.on("error", () => undefined);
    stdin.on("close", () => {
      decoded.unpipe(stdin);
      decoded.resume();
    });
    decoded.pipe(stdin, { end: false });
    try {
      await awaitSuccess(this.decoder, this.sound.subject);
      stdin.end();
    } catch (error) {
      encoder.stop();
      throw error;
    }
  }
}

/** Reads at least so many bytes, or less if there are no more. */
async function readHead(stream: Readable, bytes: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    pieces.push(piece);
    length += piece.length;
    if (length >= bytes) break;
  }
  return Buffer.concat(pieces);
}
