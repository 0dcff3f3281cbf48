import type { Damage } from "../../contract/damage";
import type { PlanAudio } from "../../contract/plan";
import { JobError } from "../errors/errors";
import { placeSound } from "../fmp4/placeSound";
import type { Sample } from "../fmp4/readFragmented";
import { readFragmented } from "../fmp4/readFragmented";
import type { Encode } from "../output/encode";
import type { OwnedOutput } from "../output/ownedOutput";
import type { InitRecord, SegmentRecord } from "../output/record";
import type { RecordSpool } from "../output/recordSpool";
import { publishInit, publishSegments } from "../output/segments";
import type { Body } from "../storage/storage";
import { audioCodecOf } from "./codecs/audioCodecs";

export interface AudioTarget {
  output: OwnedOutput;
  planned: PlanAudio;
  encode: Encode;
  /** Where its segments are recorded. */
  spool: RecordSpool;
  /** Finds where the sound is damaged, once all of it is encoded. */
  findDamage: () => Promise<Damage[]>;
  /** Called after each segment with all segments that are there. */
  onPublished: (segments: readonly ListedSegment[]) => Promise<void>;
}

/** A segment of sound without its samples. */
export type ListedSegment = Pick<SegmentRecord, "name" | "duration">;

/** A track whose segments are there, and its record, which is to be written. */
export interface PublishedAudio {
  record: Body;
  segments: readonly ListedSegment[];
}

/** Publishes the segments of an audio track while it is encoded. */
export async function publishAudio(target: AudioTarget, encoded: AsyncIterable<Buffer>): Promise<PublishedAudio> {
  const { output, planned, encode, spool, findDamage, onPublished } = target;
  const { plan } = output;
  const track = planned.name;
  const { sampleRate, frameSamples, primingFrames } = audioCodecOf(planned);
  const start = Math.round((plan.timeline.offset / plan.timeline.timescale) * sampleRate);
  const segmentTicks = plan.segmentSeconds * sampleRate;
  let init: InitRecord | undefined;
  let end = start;
  let samples = 0;

  async function* readFrames(): AsyncGenerator<Sample[]> {
    for await (const item of readFragmented(encoded)) {
      if (item.kind === "init") init = (await publishInit({ output, track, encode }, item.bytes)).record;
      else yield item.samples;
    }
  }

  async function* placeAndCount(): ReturnType<typeof placeSound> {
    const placement = { start, segmentTicks, frameTicks: frameSamples, primingFrames };
    for await (const fragment of placeSound(readFrames(), placement)) {
      samples += fragment.length;
      end = fragment.reduce((sum, { duration }) => sum + duration, fragment[0]?.pts ?? end);
      yield fragment;
    }
  }

  const segments: ListedSegment[] = [];
  const segmentTarget = { output, track, encode, start, segmentTicks, delay: 0, firstSequence: 0 };
  for await (const segment of publishSegments(segmentTarget, placeAndCount())) {
    spool.add(segment);
    segments.push({ name: segment.name, duration: segment.duration });
    await onPublished(segments);
  }
  if (!init) throw new JobError("ffmpeg ended without writing anything.");
  const damage = await findDamage();
  const found = damage.length > 0 ? { damage } : {};
  return {
    record: spool.finish({ version: 1, ...encode, samples, timescale: sampleRate, start, end, init, ...found }),
    segments,
  };
}
