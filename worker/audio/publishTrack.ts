import type { Plan, PlanAudio } from "../../contract/plan";
import { JobError } from "../errors";
import { AUDIO_RATE } from "./arguments";
import { placeSound } from "../fmp4/sound";
import type { Sample } from "../fmp4/reader";
import { readFragmented } from "../fmp4/reader";
import type { Encode } from "../output/encode";
import type { InitRecord, SegmentRecord, TrackRecord } from "../output/record";
import { publishInit, publishSegments } from "../output/segments";
import type { Storage } from "../storage/storage";

export interface SoundTarget {
  plan: Plan;
  track: PlanAudio;
  encode: Encode;
  storage: Storage;
  /** The directory of the track's segments. */
  directory: string;
  /** Is told, after each segment, of all that are there. */
  onPublished: (segments: readonly SegmentRecord[]) => Promise<void>;
}

/** Publishes the segments of a track of sound while it is encoded. */
export async function publishSound(target: SoundTarget, encoded: AsyncIterable<Buffer>): Promise<TrackRecord> {
  const { plan, encode, storage, directory, onPublished } = target;
  const begin = Math.round((plan.timeline.offset / plan.timeline.timescale) * AUDIO_RATE);
  const segmentTicks = plan.segmentSeconds * AUDIO_RATE;
  let init: InitRecord | undefined;
  let end = begin;
  let samples = 0;

  async function* frames(): AsyncGenerator<Sample[]> {
    for await (const item of readFragmented(encoded)) {
      if (item.kind === "init") init = (await publishInit(target, item.bytes)).record;
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
      ...{ storage, encode, directory, onPublished },
      ...{ start: begin, segmentTicks, delay: 0, firstSequence: 0 },
    },
    counted(),
  );
  if (!init) throw new JobError("ffmpeg ended without writing anything.");
  return { version: 1, ...encode, samples, timescale: AUDIO_RATE, start: begin, end, init, segments };
}
