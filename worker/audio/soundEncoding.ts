import type { Readable, Writable } from "node:stream";

import type { Plan, PlanAudio } from "../../contract/plan";
import type { MediaInput } from "../ffmpeg/input";
import { awaitSuccess } from "../ffmpeg/output";
import type { RunningProgram } from "../ffmpeg/run";
import { start } from "../ffmpeg/run";
import { decodingArguments, encodingArguments } from "./arguments";
import { correctedTracks, correctingArguments } from "./correctedInput";

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
  /** What gives frames other times before they are decoded, if that is needed. */
  private readonly corrector: RunningProgram | undefined;
  private readonly decoder: RunningProgram;
  private readonly encoders: RunningProgram[] = [];
  /** Settles when the decoder has got all of its input. */
  private readonly corrected: Promise<void>;

  constructor(private readonly sound: SoundToEncode) {
    const { plan, tracks, input } = sound;
    const misplaced = correctedTracks(plan, tracks);
    const piped = misplaced.length > 0;
    this.decoder = start("ffmpeg", decodingArguments(plan, tracks, input), { input, piped, outputs: tracks.length });
    this.corrector = piped ? start("ffmpeg", correctingArguments(plan, misplaced, input), { input }) : undefined;
    this.corrected = this.corrector
      ? this.feed(this.corrector, this.corrector.output, this.decoder)
      : Promise.resolve();
    // eslint-disable-next-line no-restricted-syntax -- it is awaited when the decoder has been read
    this.corrected.catch(() => undefined);
  }

  /** The decoder's progress. */
  get side(): Readable {
    return this.decoder.side;
  }

  /** What was reported before sound was decoded, and then, once that has ended. */
  async reports(): Promise<string> {
    const exits = await Promise.all([this.corrector?.ended, this.decoder.ended]);
    return exits.map((exit) => exit?.stderr ?? "").join("");
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
    const fed = this.feed(this.decoder, decoded, encoder);
    // eslint-disable-next-line no-restricted-syntax -- it is awaited when the output has been read
    fed.catch(() => undefined);
    yield* encoder.output as AsyncIterable<Buffer>;
    // Rejects with the one that failed by itself: an encoder that is stopped because the decoder failed ends after that.
    await Promise.all([fed, awaitSuccess(encoder, subject)]);
  }

  stop(): void {
    for (const program of [this.corrector, this.decoder, ...this.encoders]) program?.stop();
  }

  /** A program learns that its input is complete only if that is true, or else an encoder would fill what is lacking with silence. */
  private async feed(source: RunningProgram, output: Readable, program: RunningProgram): Promise<void> {
    const stdin = program.stdin as Writable;
    // A program may end before its input does: it has all that it needs, or its exit shows why not. The source goes on.
    stdin.on("error", () => undefined);
    stdin.on("close", () => {
      output.unpipe(stdin);
      output.resume();
    });
    output.pipe(stdin, { end: false });
    try {
      // Rejects with the corrector's reason, because a decoder that is stopped for it ends after that.
      await Promise.all([
        ...(source === this.decoder ? [this.corrected] : []),
        awaitSuccess(source, this.sound.subject),
      ]);
      stdin.end();
    } catch (error) {
      program.stop();
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
