/** Bundled, and run by `bench/day.ts` with a small heap: one job on what `prepare.ts` made. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { outputs } from "../../contract/outputs";
import type { Manifest } from "../../contract/manifest";
import type { Plan } from "../../contract/plan";
import { AUDIO_CODECS } from "../../worker/audio/codecs/audioCodecs";
import { type ListedSegment, publishAudio } from "../../worker/audio/publishAudio";
import { packageVideo } from "../../worker/commands/package";
import { ProgressReport } from "../../worker/ffmpeg/progress";
import { readAudioRecord } from "../../worker/output/audioRecords";
import { encodeMark } from "../../worker/output/encode";
import { OwnedOutput } from "../../worker/output/ownedOutput";
import { writeRecordText } from "../../worker/output/record";
import { RecordSpool } from "../../worker/output/recordSpool";
import { GrowingSound } from "../../worker/publish/early/sound";
import { encodedSound } from "./encodedSound";
import { DayOutput } from "./output";
import { SOUND_ENCODER } from "./video";

const JOBS: Record<string, (output: string, storage: DayOutput) => Promise<void>> = {
  async package(output, storage) {
    const job = { input: "file:///day.mp4", output: `file://${output}`, index: 0 };
    await packageVideo(job, { source: storage, target: storage }, new ProgressReport(() => undefined));
    const manifest = JSON.parse(readFileSync(`${output}/manifest.json`, "utf8")) as Manifest;
    const plan = JSON.parse(readFileSync(`${output}/plan.json`, "utf8")) as Plan;
    assert.deepEqual(
      manifest.renditions.map(({ name, frames }) => [name, frames]),
      plan.renditions.map(({ name }) => [name, plan.source.frames]),
    );
  },

  async audio(uri, storage) {
    const output = await OwnedOutput.open(storage, `file://${uri}`);
    const { plan } = output;
    const encode = { fingerprint: plan.fingerprint, encodedBy: SOUND_ENCODER };
    const directory = mkdtempSync(path.join(tmpdir(), "video-day-"));
    const tracks = (plan.audio ?? []).map(async (planned) => {
      const growing = new GrowingSound(output, planned.name, AUDIO_CODECS.aac.sampleRate);
      const onPublished = async (segments: readonly ListedSegment[]) => void (await growing.extend(segments));
      const spool = new RecordSpool(path.join(directory, planned.name));
      const { record } = await publishAudio(
        { output, planned, encode, spool, onPublished, findDamage: () => Promise.resolve([]) },
        encodedSound(uri, plan),
      );
      await writeRecordText(output, outputs.audioRecord(planned.name, encodeMark(encode)), record);
    });
    await Promise.all(tracks).finally(() => rmSync(directory, { recursive: true }));
    const [first] = plan.audio ?? [];
    const record = await readAudioRecord(output, first?.name ?? "", encodeMark(encode));
    const seconds = record && (record.end - record.start) / record.timescale;
    assert.ok(Math.abs(plan.source.durationSeconds - (seconds ?? 0)) < 0.1, `${seconds} seconds of sound`);
  },
};

const [name = "", output = "", mediaFile = ""] = process.argv.slice(2);
JOBS[name]!(output, new DayOutput(mediaFile)).catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
