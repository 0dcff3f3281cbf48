import { segmentName } from "../../contract/outputs";
import type { Plan } from "../../contract/plan";
import { AUDIO_CODECS } from "../../worker/audio/codecs/audioCodecs";
import type { FragmentRecord, InitRecord, Run, SegmentRecord, TrackRecord } from "../../worker/output/record";
import type { Chunk } from "../../worker/plan/chunks";
import { markOf, RATE, SOUND_ENCODER, VIDEO_ENCODER } from "./video";

/** The record of a chunk whose pictures all differ from their neighbours, so that no table has a shorter form. */
export function chunkRecord(plan: Plan, chunk: Chunk, init: InitRecord): TrackRecord {
  const { timescale } = plan.timeline;
  const mark = markOf(plan, VIDEO_ENCODER);
  const segments: SegmentRecord[] = [];
  const length = plan.segmentSeconds * timescale;
  for (let time = chunk.start; time < chunk.end; time += length) {
    const duration = Math.min(length, chunk.end - time);
    segments.push(segmentRecord(mark, time, duration, gops(duration, plan)));
  }
  return {
    ...{ version: 1, fingerprint: plan.fingerprint, encodedBy: VIDEO_ENCODER, samples: chunk.frames, timescale },
    ...{ start: chunk.start, end: chunk.end, init, segments },
  };
}

function gops(ticks: number, { gopSeconds, timeline: { timescale } }: Plan): FragmentRecord[] {
  const pictures = gopSeconds * RATE;
  const interval = timescale / RATE;
  return Array.from({ length: ticks / timescale / gopSeconds }, () => ({
    ...{ offset: 0, dataOffset: 0, duration: pictures * interval },
    sizes: Array.from({ length: pictures }, (_, index) => (index === 0 ? 900 : 20 + ((index * 37) % 60))),
    durations: Array.from({ length: pictures }, (_, index): Run => [1, interval + (index % 2 === 0 ? 1 : -1)]),
    compositions: Array.from({ length: pictures }, (_, index): Run => [1, interval * (2 + (index % 2))]),
  }));
}

export function soundRecord(plan: Plan, init: InitRecord): TrackRecord {
  const { sampleRate: timescale, frameSamples } = AUDIO_CODECS.aac;
  const mark = markOf(plan, SOUND_ENCODER);
  const start = (plan.timeline.offset / plan.timeline.timescale) * timescale;
  const samples = Math.round((plan.source.durationSeconds * timescale) / frameSamples);
  const slot = plan.segmentSeconds * timescale;
  const segments: SegmentRecord[] = [];
  for (let frame = 0, number = 1; frame < samples; number++) {
    const next = Math.min(samples, Math.ceil((number * slot) / frameSamples));
    const count = next - frame;
    const fragment: FragmentRecord = {
      ...{ offset: 0, dataOffset: 0, duration: count * frameSamples },
      sizes: Array.from({ length: count }, (_, index) => 300 + ((index * 37) % 90)),
      durations: [[count, frameSamples]],
      compositions: [[count, 0]],
    };
    segments.push(segmentRecord(mark, start + frame * frameSamples, count * frameSamples, [fragment]));
    frame = next;
  }
  return {
    ...{ version: 1, fingerprint: plan.fingerprint, encodedBy: SOUND_ENCODER, samples, timescale, start },
    ...{ end: start + samples * frameSamples, init, segments },
  };
}

/** Bytes of the boxes before the media of a fragment. */
const HEADER = 100;

function segmentRecord(mark: string, time: number, duration: number, fragments: FragmentRecord[]): SegmentRecord {
  let bytes = 0;
  for (const fragment of fragments) {
    fragment.offset = bytes;
    fragment.dataOffset = bytes + HEADER;
    bytes = fragment.dataOffset + fragment.sizes.reduce((sum, size) => sum + size, 0);
  }
  return { name: segmentName(mark, time), time, bytes, duration, fragments };
}
