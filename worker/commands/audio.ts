import type { Plan } from "../../contract/plan";
import { isInTheMaking } from "../publish/early/publish";
import { extendMaster } from "../publish/early/master";
import { GrowingSound } from "../publish/early/sound";
import { AUDIO_RATE, audioArguments } from "../audio/arguments";
import { audioNeeds } from "../audio/needs";
import { encodedBy } from "../ffmpeg/encodedBy";
import { checkedOutput } from "../ffmpeg/output";
import type { ProgressReport } from "../ffmpeg/progress";
import { followProgress } from "../ffmpeg/progress";
import { start } from "../ffmpeg/run";
import { encodeMark } from "../output/encode";
import { paths } from "../output/paths";
import type { SegmentRecord, TrackRecord } from "../output/record";
import { writeRecord } from "../output/record";
import { segmentsAreThere } from "../output/segments";
import { soundRecords } from "../output/soundRecords";
import { HeldOutput } from "../output/ownership";
import { assertSourceUnchanged } from "../source/unchanged";
import type { MediaInput, Storage } from "../storage/storage";
import { baseName, quoted } from "../storage/uri";
import type { SoundTarget } from "../audio/publishTrack";
import { publishSound } from "../audio/publishTrack";
import type { Job, Stores } from "./job";

/**
 * Encodes the whole of each track of sound once for all renditions, playable while it grows. Without one there is nothing to do. A
 * track that is whole stays, whoever encoded it.
 */
export async function audio(job: Job, { source, target }: Stores, report: ProgressReport): Promise<void> {
  const held = await HeldOutput.open(target, job.output, job.plan);
  const { plan } = held;
  if (plan.audio === undefined) return report.reached(1);
  const encode = { fingerprint: plan.fingerprint, encodedBy: await encodedBy(audioNeeds(plan)) };
  const early = await isInTheMaking(target, job.output, plan);
  // Tracks grow side by side, and extend the master playlist one after the other.
  let extended = Promise.resolve();
  const onGrown = (): Promise<void> =>
    (extended = extended.then(async () =>
      report.playable(await held.during(() => extendMaster(held, job.output, plan))),
    ));
  const missing: Work[] = [];
  for (const track of plan.audio) {
    const growing = early ? new GrowingSound(held, job.output, plan, track.name, AUDIO_RATE) : undefined;
    const playable = async (segments: readonly SegmentRecord[], ended = false): Promise<void> => {
      if (await growing?.extend(segments, ended)) await onGrown();
    };
    const work: Work = {
      ...{ plan, track, encode, held, storage: target, playable, onPublished: playable },
      directory: paths.segments(job.output, track.name),
      recordUri: paths.audioRecord(job.output, track.name, encodeMark(encode)),
    };
    const record = await wholeRecord(target, job.output, work);
    if (record) await work.playable(record.segments, true);
    else missing.push(work);
  }
  if (missing.length > 0) {
    await assertSourceUnchanged(plan, source, job.input);
    await encodeAll(plan, missing, await source.mediaInput(job.input), quoted(baseName(job.input)), report);
  }
  report.reached(1);
}

interface Work extends SoundTarget {
  held: HeldOutput;
  recordUri: string;
  /** Makes the segments playable, as far as they go. */
  playable: (segments: readonly SegmentRecord[], ended?: boolean) => Promise<void>;
}

/** That of this encoder before that of another. */
async function wholeRecord(
  storage: Storage,
  output: string,
  { plan, track, directory, encode }: Work,
): Promise<TrackRecord | undefined> {
  const own = encodeMark(encode);
  const records = await soundRecords(storage, output, plan, track.name);
  records.sort((a, b) => Number(encodeMark(b) === own) - Number(encodeMark(a) === own));
  for (const record of records) if (await segmentsAreThere(storage, directory, record)) return record;
  return undefined;
}

async function encodeAll(
  plan: Plan,
  works: readonly Work[],
  input: MediaInput,
  subject: string,
  report: ProgressReport,
): Promise<void> {
  const tracks = works.map(({ track }) => track);
  const encoder = start("ffmpeg", audioArguments(plan, tracks, input), { outputs: tracks.length });
  void followProgress(encoder.side, "out_time_us", plan.source.durationSeconds * 1e6, report);
  // All at once: ffmpeg waits for the reader of each of its outputs.
  const published = works.map(async (work, index) => {
    const encoded = checkedOutput(encoder, `The sound of ${subject}`, encoder.outputs[index]);
    const record = await publishSound(work, encoded);
    await writeRecord(work.held, work.recordUri, record);
    await work.playable(record.segments, true);
  });
  try {
    await Promise.all(published);
  } finally {
    encoder.stop();
    await Promise.allSettled(published);
  }
}
