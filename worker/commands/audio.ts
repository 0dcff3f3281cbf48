import type { LadderAudio, Plan } from "../../components/workflow/plan";
import { isInTheMaking } from "../early/publish";
import { extendMaster } from "../early/master";
import { GrowingSound } from "../early/sound";
import { JobError } from "../errors";
import { AUDIO_RATE, audioArguments } from "../ffmpeg/audio";
import { checkedOutput } from "../ffmpeg/output";
import type { ProgressReport } from "../ffmpeg/progress";
import { followProgress } from "../ffmpeg/progress";
import { start } from "../ffmpeg/run";
import { placeSound } from "../fmp4/sound";
import type { Sample } from "../fmp4/reader";
import { readFragmented } from "../fmp4/reader";
import { AUDIO, paths } from "../output/paths";
import type { InitRecord, SegmentRecord, TrackRecord } from "../output/record";
import { readRecord, writeRecord } from "../output/record";
import { publishInit, publishSegments, segmentsAreThere } from "../output/segments";
import { readPlan } from "../plan/read";
import { assertSourceUnchanged } from "../plan/source";
import type { MediaInput, Storage } from "../storage/storage";
import { baseName, quoted } from "../storage/uri";
import type { Job, Stores } from "./job";

/** Encodes the whole of the sound once for all renditions, playable while it grows. Without a sound track there is nothing to do. */
export async function audio(job: Job, { source, target }: Stores, report: ProgressReport): Promise<void> {
  const plan = await readPlan(target, job.output);
  const recordUri = paths.audioRecord(job.output);
  const directory = paths.segments(job.output, AUDIO);
  if (plan.audio) {
    const early = (await isInTheMaking(target, job.output, plan))
      ? new GrowingSound(target, job.output, plan, AUDIO_RATE)
      : undefined;
    const playable = async (segments: readonly SegmentRecord[], ended = false): Promise<void> => {
      const grown = await early?.extend(segments, ended);
      if (grown) report.playable(await extendMaster(target, job.output, plan));
    };
    let record = await readRecord(target, recordUri, plan.fingerprint);
    if (!record || !(await segmentsAreThere(target, directory, record))) {
      await assertSourceUnchanged(plan, source, job.input);
      const input = await source.mediaInput(job.input);
      const subject = quoted(baseName(job.input));
      record = await publish(plan, plan.audio, input, target, directory, subject, report, playable);
      await writeRecord(target, recordUri, record);
    }
    await playable(record.segments, true);
  }
  report.reached(1);
}

async function publish(
  plan: Plan,
  wanted: LadderAudio,
  input: MediaInput,
  storage: Storage,
  directory: string,
  subject: string,
  report: ProgressReport,
  onPublished: (segments: readonly SegmentRecord[]) => Promise<void>,
): Promise<TrackRecord> {
  const encoder = start("ffmpeg", audioArguments(plan, wanted, input));
  void followProgress(encoder.side, "out_time_us", plan.source.durationSeconds * 1e6, report);
  const begin = Math.round((plan.timeline.offset / plan.timeline.timescale) * AUDIO_RATE);
  let init: InitRecord | undefined;
  let end = begin;
  let samples = 0;

  async function* encoded(): AsyncGenerator<Sample[]> {
    for await (const item of readFragmented(checkedOutput(encoder, `The sound of ${subject}`))) {
      if (item.kind === "init") init = (await publishInit(storage, directory, item.bytes)).record;
      else yield item.samples;
    }
  }

  async function* counted(): ReturnType<typeof placeSound> {
    for await (const fragment of placeSound(encoded(), begin, plan.segmentSeconds * AUDIO_RATE)) {
      samples += fragment.length;
      end = fragment.reduce((sum, { duration }) => sum + duration, fragment[0]?.pts ?? end);
      yield fragment;
    }
  }

  try {
    const segmentTicks = plan.segmentSeconds * AUDIO_RATE;
    const segments = await publishSegments(
      { storage, directory, prefix: AUDIO, start: begin, segmentTicks, delay: 0, firstSequence: 0, onPublished },
      counted(),
    );
    if (!init) throw new JobError("ffmpeg ended without writing anything.");
    const { fingerprint } = plan;
    return { version: 1, fingerprint, samples, timescale: AUDIO_RATE, start: begin, end, init, segments };
  } finally {
    encoder.stop();
  }
}
