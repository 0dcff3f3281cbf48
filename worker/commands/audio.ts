import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Damage } from "../../contract/damage";
import { outputs } from "../../contract/outputs";
import { audioCodecOf } from "../audio/codecs/audioCodecs";
import { completeRecord } from "../audio/completeRecord";
import { audioNeeds } from "../audio/needs";
import type { AudioTarget, ListedSegment } from "../audio/publishAudio";
import { publishAudio } from "../audio/publishAudio";
import { SoundEncoding } from "../audio/soundEncoding";
import { type DamageLimit, withAcceptable } from "../damage/limit";
import { findSoundDamage } from "../damage/soundDamage";
import { identifyEncoder } from "../ffmpeg/identifyEncoder";
import type { MediaInput } from "../ffmpeg/input";
import type { ProgressReport } from "../ffmpeg/progress";
import { followProgress } from "../ffmpeg/progress";
import { encodeMark } from "../output/encode";
import { OwnedOutput } from "../output/ownedOutput";
import { writeRecordText } from "../output/record";
import { RecordSpool } from "../output/recordSpool";
import { announcePlayable } from "../publish/early/announce";
import { extendMaster } from "../publish/early/master";
import { isInProgress } from "../publish/early/publish";
import { GrowingSound } from "../publish/early/sound";
import { assertSourceUnchanged } from "../source/assertSourceUnchanged";
import { withSource } from "../source/loopback/source";
import { baseName, quote } from "../storage/uri";
import type { Job, Stores } from "./job";

/**
 * Encodes each audio track once for all renditions, playable while it grows. Does nothing if the plan has none. A track that is complete
 * stays, whoever encoded it.
 */
export async function audio(job: Job, stores: Stores, report: ProgressReport): Promise<void> {
  const output = await OwnedOutput.open(stores.target, job.output, job.plan);
  const { plan } = output;
  if (plan.audio === undefined) return report.update(1);
  const encode = { fingerprint: plan.fingerprint, encodedBy: await identifyEncoder(audioNeeds(plan)) };
  const isEarly = await isInProgress(output);
  // Tracks grow side by side, but extend the master playlist one after another.
  let extended = Promise.resolve();
  const onGrown = (): Promise<void> =>
    (extended = extended.then(async () =>
      announcePlayable(output, await output.guard(() => extendMaster(output)), { video: job, report }),
    ));
  const works: Work[] = [];
  for (const planned of plan.audio) {
    const { sampleRate } = audioCodecOf(planned);
    const growing = isEarly ? new GrowingSound(output, planned.name, sampleRate) : undefined;
    const makePlayable = async (segments: readonly ListedSegment[], ended = false): Promise<void> => {
      if (await growing?.extend(segments, ended)) await onGrown();
    };
    const work: Work = { output, planned, encode, makePlayable, onPublished: makePlayable };
    const record = await completeRecord(output, planned, encodeMark(encode));
    if (record) await makePlayable(record.segments, true);
    else works.push(work);
  }
  if (works.length > 0) await encodeAll(output, works, { job, stores }, report);
  report.update(1);
}

interface Work extends Omit<AudioTarget, "spool" | "findDamage"> {
  /** Makes the segments playable as far as they go. */
  makePlayable: (segments: readonly ListedSegment[], ended?: boolean) => Promise<void>;
}

async function encodeAll(
  output: OwnedOutput,
  works: readonly Work[],
  { job, stores: { source } }: { job: Job; stores: Stores },
  report: ProgressReport,
): Promise<void> {
  const { plan } = output;
  await assertSourceUnchanged(plan, source, job.input);
  const subject = `The sound of ${quote(baseName(job.input))}`;
  await withSource(source, job.input, plan.source, (input) =>
    encodeFrom(input, works, { subject, name: quote(baseName(job.input)), limit: job }, report),
  );
}

interface Named {
  /** What messages call the sound, and the video. */
  subject: string;
  name: string;
  limit: DamageLimit;
}

async function encodeFrom(
  input: MediaInput,
  works: readonly Work[],
  { subject, name, limit }: Named,
  report: ProgressReport,
): Promise<void> {
  const [{ output }] = works as [Work];
  const { plan } = output;
  const tracks = works.map(({ planned }) => planned);
  const directory = await mkdtemp(join(tmpdir(), "video-audio-"));
  const encoding = new SoundEncoding({ plan, tracks, input, subject });
  void followProgress(encoding.side, "out_time_us", plan.source.durationSeconds * 1e6, report);
  const published = works.map(async (work, index) => {
    const { name: track, stream } = work.planned;
    const spool = new RecordSpool(join(directory, track));
    const findDamage = async (): Promise<Damage[]> => {
      if ((await encoding.reports()).trim() === "") return [];
      const damage = await findSoundDamage(plan, { input, stream, name });
      withAcceptable(plan, name, damage, limit);
      return damage;
    };
    const { record, segments } = await publishAudio({ ...work, spool, findDamage }, encoding.read(index));
    await writeRecordText(output, outputs.audioRecord(track, encodeMark(work.encode)), record);
    await work.makePlayable(segments, true);
  });
  try {
    await Promise.all(published);
  } finally {
    encoding.stop();
    await Promise.allSettled(published);
    await rm(directory, { recursive: true, force: true });
  }
}
