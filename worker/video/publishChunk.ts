import { Readable, type Writable } from "node:stream";

import type { Plan, PlanRendition } from "../../contract/plan";
import { InputError, JobError } from "../errors/errors";
import { clockVideo } from "../damage/clock";
import { DamageSigns } from "../damage/signs";
import { encodeArguments } from "./arguments";
import { videoEncoderOf } from "./codecs/videoCodecs";
import { decodingDelay } from "./decodingDelay";
import { clockTimes, type ShownTimes } from "./filters/holdPictures";
import { normaliseInit } from "./normaliseInit";
import { readOutput } from "../ffmpeg/output";
import type { ProgressReport } from "../ffmpeg/progress";
import { followProgress } from "../ffmpeg/progress";
import type { RunningProgram } from "../ffmpeg/run";
import { start } from "../ffmpeg/run";
import { placePictures } from "../fmp4/placePictures";
import type { Sample } from "../fmp4/readFragmented";
import { readFragmented } from "../fmp4/readFragmented";
import { chunkName } from "../../contract/outputs";
import type { Encode } from "../output/encode";
import type { OwnedOutput } from "../output/ownedOutput";
import type { InitRecord, SegmentRecord, TrackRecord } from "../output/record";
import { publishInit, publishSegments } from "../output/segments";
import { type Chunk, leadOf } from "../plan/chunks";
import type { MediaInput } from "../ffmpeg/input";
import { withoutRepetitions } from "./encoders/withoutRepetitions";

/** What ffmpeg is to do besides. */
export interface Reading {
  /** Seconds before the chunk at which reading may begin. */
  seekMargin: number;
  /** Present if some pictures can't be decoded. */
  shown?: ShownTimes;
}

/** The records of what was published, and what ffmpeg reported of it. */
export interface PublishedChunk {
  records: TrackRecord[];
  /** Whether some pictures may not be as they were recorded. */
  suspicious: boolean;
}

export interface ChunkWork {
  output: OwnedOutput;
  rendition: PlanRendition;
  encode: Encode;
  chunk: Chunk;
  input: MediaInput;
  /** What messages call the source. */
  subject: string;
  report: ProgressReport;
}

/** The chunk decodes to fewer pictures than the source's index lists. */
export class TooFewFrames extends InputError {}

/** Sequence numbers increase throughout a rendition; no chunk has more GOPs than this. */
const SEQUENCES_PER_CHUNK = 100_000;

/** Encodes the same chunk of one or more renditions with one decoding, and publishes their segments meanwhile. */
export async function publishChunk(
  works: readonly ChunkWork[],
  { seekMargin, shown }: Reading,
): Promise<PublishedChunk> {
  const [{ output, chunk, input, report }] = works as [ChunkWork];
  const { plan } = output;
  const renditions = works.map(({ rendition }) => rendition);
  const signs = new DamageSigns();
  const encoder = start("ffmpeg", encodeArguments({ plan, renditions, chunk, input, seekMargin, shown }), {
    input,
    piped: shown !== undefined,
    onLine: (text, isError) => signs.add(text, isError),
    // A rendition on a grid is encoded alone, and has a second output.
    outputs: renditions.some((rendition) => videoEncoderOf(rendition).gopGrid) ? 2 : works.length,
  });
  if (shown && encoder.stdin) sendClock(encoder.stdin, shown, plan);
  void followProgress(encoder.side, "frame", chunk.frames, report);
  const published = works.map((work, index) => publishRendition(work, encoder, encoder.outputs[index] as Readable));
  try {
    const records = await Promise.all(published);
    await encoder.ended;
    return { records, suspicious: signs.found };
  } finally {
    // After a failure the other outputs end too. Nothing of them is written after this function returns.
    encoder.stop();
    await Promise.allSettled(published);
  }
}

/** Seconds. Longer than pictures before and after a chunk are needed. */
const BEYOND = 3600;

/** ffmpeg ends when it has what it needs, which may be before it has read all. */
function sendClock(stdin: Writable, shown: ShownTimes, { source }: Plan): void {
  const [numerator, denominator] = source.timeBase;
  const beyond = Math.ceil((BEYOND * denominator) / numerator);
  stdin.on("error", () => undefined);
  Readable.from(clockVideo(clockTimes(shown, beyond, beyond), source.timeBase)).pipe(stdin);
}

async function publishRendition(work: ChunkWork, encoder: RunningProgram, encoding: Readable): Promise<TrackRecord> {
  const { output, rendition, encode, chunk, subject } = work;
  const { plan } = output;
  const track = rendition.name;
  const { timescale } = plan.timeline;
  const { start: first, end } = chunk;
  const delay = decodingDelay(plan, rendition);
  const grid = videoEncoderOf(rendition).gopGrid?.(plan);
  let init: InitRecord | undefined;
  let frames = 0;

  async function* readSamples(): AsyncGenerator<Sample[]> {
    for await (const item of readFragmented(readOutput(encoder, subject, encoding))) {
      if (item.kind === "samples") yield item.samples;
      else init = (await publishInit({ output, track, encode }, normaliseInit(item.bytes, plan, rendition))).record;
    }
  }

  async function* gops(): AsyncGenerator<Sample[]> {
    for await (const samples of grid
      ? withoutRepetitions(readSamples(), encoder.outputs[1] as Readable, plan, grid)
      : readSamples()) {
      frames += samples.length;
      if (frames > chunk.frames) throw new InputError(wrongFrameCount(work, "more"));
      yield samples;
    }
    // The last GOP must not be published before every picture has come.
    if (frames === chunk.frames) return;
    throw tooFewFrames(work, frames);
  }

  const target = {
    ...{ output, track, encode, start: first, delay },
    segmentTicks: plan.segmentSeconds * timescale,
    firstSequence: chunk.number * SEQUENCES_PER_CHUNK,
  };
  const lead = leadOf(plan, chunk) * plan.source.timeBase[0];
  const placed = placePictures(gops(), { start: first, end, lead, delay, opening: chunk.number === 0 });
  const segments: SegmentRecord[] = [];
  for await (const segment of publishSegments(target, placed)) segments.push(segment);
  if (!init) throw new JobError("ffmpeg ended without writing anything.");
  return { version: 1, ...encode, samples: frames, timescale, start: first, end, init, segments };
}

export function tooFewFrames(work: ChunkWork, frames: number): TooFewFrames {
  return new TooFewFrames(wrongFrameCount(work, `only ${frames}`));
}

function wrongFrameCount({ subject, rendition, chunk }: ChunkWork, found: string): string {
  const name = `${rendition.name}-${chunkName(chunk)}`;
  return `${subject} decodes to ${found} frames in chunk ${name}, where its index lists ${chunk.frames}; the video is damaged there.`;
}
