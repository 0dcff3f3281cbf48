import type { PlanAudio } from "../../contract/plan";
import { JobError } from "../errors";
import { AUDIO_RATE } from "./arguments";
import { placeSound } from "../fmp4/sound";
import type { Sample } from "../fmp4/reader";
import { readFragmented } from "../fmp4/reader";
import type { Encode } from "../output/encode";
import type { OwnedOutput } from "../output/ownedOutput";
import type { InitRecord, SegmentRecord, TrackRecord } from "../output/record";
import { publishInit, publishSegments } from "../output/segments";

export interface AudioTarget {
  output: OwnedOutput;
  planned: PlanAudio;
  encode: Encode;
  /** Called after each segment with all segments that are there. */
  onPublished: (segments: readonly SegmentRecord[]) => Promise<void>;
}

/** Publishes the segments of a sound track while it is encoded. */
export async function publishAudio(target: AudioTarget, encoded: AsyncIterable<Buffer>): Promise<TrackRecord> {
  const { output, planned, encode, onPublished } = target;
  const { plan } = output;
  const track = planned.name;
  const begin = Math.round((plan.timeline.offset / plan.timeline.timescale) * AUDIO_RATE);
  const segmentTicks = plan.segmentSeconds * AUDIO_RATE;
  let init: InitRecord | undefined;
  let end = begin;
  let samples = 0;

  async function* frames(): AsyncGenerator<Sample[]> {
    for await (const item of readFragmented(encoded)) {
      if (item.kind === "init") init = (await publishInit({ output, track, encode }, item.bytes)).record;
      else yield item.samples;
    }
  }

  async function* counted(): ReturnType<typeof placeSound> {
    for await (const fragment of placeSound(frames(), begin, segmentTicks)) {
      samples += fragment.length;
      end = fragment.reduce((sum, { duration }) => sum + duration, fragment[0]?.pts ?? end);
      yield fragment;
    }
  }

  const segments = await publishSegments(
    {
      ...{ output, track, encode, onPublished },
      ...{ start: begin, segmentTicks, delay: 0, firstSequence: 0 },
    },
    counted(),
  );
  if (!init) throw new JobError("ffmpeg ended without writing anything.");
  return { version: 1, ...encode, samples, timescale: AUDIO_RATE, start: begin, end, init, segments };
}
