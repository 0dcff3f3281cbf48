import assert from "node:assert/strict";

import { outputs, planMark } from "../../../contract/outputs";
import type { Plan } from "../../../contract/plan";
import type { EventEntry, EventTarget } from "../../../contract/videoEvents";
import { ensurePlayableSent, sendPlayable } from "../../../worker/events/sendPlayable";
import { OwnedOutput } from "../../../worker/output/ownedOutput";
import { serialisePlan } from "../../../worker/plan/makePlan";
import { joinUri } from "../../../worker/storage/uri";
import { MemoryStorage } from "../memoryStorage";
import { OUTPUT, planOf } from "../publish/early/unfinished";

const PLAN = planOf();
const EVENT: EventTarget = {
  bus: "arn:aws:events:eu-west-1:123456789012:event-bus/media",
  detail: {
    ...{ version: 1, pipeline: "videos", execution: "arn:execution", executionName: "a-1" },
    ...{ stateMachine: "arn:machine", startTime: "2026-01-01T00:00:00.000Z" },
  },
};
const VIDEO = { input: "s3://m/a.mp4", output: OUTPUT, event: EVENT };
const SENT: EventEntry = {
  EventBusName: EVENT.bus,
  Source: "video-batch-pipeline",
  DetailType: "Video Playable",
  Detail: JSON.stringify({
    ...EVENT.detail,
    ...{ input: VIDEO.input, output: OUTPUT, playlist: joinUri(OUTPUT, "hls/master.m3u8") },
  }),
  Resources: ["arn:execution", "arn:machine"],
};

async function outputFor(plan: Plan = PLAN, storage = new MemoryStorage()): Promise<OwnedOutput> {
  await storage.write(joinUri(OUTPUT, outputs.plan), serialisePlan(plan));
  return OwnedOutput.open(storage, OUTPUT, plan.fingerprint);
}

describe("the event that a video is playable", () => {
  const written: string[] = [];
  const write = process.stderr.write.bind(process.stderr);
  beforeEach(() => {
    written.length = 0;
    process.stderr.write = (text) => written.push(String(text)) > 0;
  });
  afterEach(() => void (process.stderr.write = write));

  let sent: EventEntry[] = [];
  const send = (entry: EventEntry): Promise<void> => Promise.resolve(void sent.push(entry));
  const fail = (): Promise<void> => Promise.reject(new Error("Rate exceeded."));
  beforeEach(() => (sent = []));

  it("is sent by one of the jobs that make something playable at the same moment", async () => {
    const output = await outputFor();
    await Promise.all(Array.from({ length: 5 }, () => sendPlayable(output, VIDEO, send)));
    assert.deepEqual(sent, [SENT]);
    await ensurePlayableSent(output, VIDEO, send);
    await sendPlayable(output, VIDEO, send);
    assert.equal(sent.length, 1);
    assert.equal(await output.readText(`work/playable-${planMark(PLAN)}.json`), '{"state":"sent"}');
  });

  it("is sent when the video is packaged, if the job that claimed it was stopped or failed", async () => {
    const output = await outputFor();
    await sendPlayable(output, VIDEO, fail);
    assert.deepEqual(written, ["The event that the video is playable was not sent by this job: Rate exceeded.\n"]);
    await sendPlayable(output, VIDEO, send);
    assert.deepEqual(sent, []);
    await ensurePlayableSent(output, VIDEO, send);
    assert.deepEqual(sent, [SENT]);
  });

  it("fails nothing when it can't be sent at all", async () => {
    await ensurePlayableSent(await outputFor(), VIDEO, fail);
    assert.equal(written.length, 1);
  });

  it("waits for approval", async () => {
    const output = await outputFor({ ...PLAN, gated: true });
    await sendPlayable(output, VIDEO, send);
    assert.deepEqual(sent, []);
    await ensurePlayableSent(output, VIDEO, send);
    assert.deepEqual(sent, [SENT]);
  });

  it("is another one for another plan", async () => {
    const storage = new MemoryStorage();
    await sendPlayable(await outputFor(PLAN, storage), VIDEO, send);
    await sendPlayable(await outputFor({ ...PLAN, fingerprint: "f".repeat(64) }, storage), VIDEO, send);
    assert.equal(sent.length, 2);
  });

  it("is nobody's without a bus", async () => {
    const video = { ...VIDEO, event: undefined };
    const output = await outputFor();
    await sendPlayable(output, video, send);
    await ensurePlayableSent(output, video, send);
    assert.deepEqual([sent, await output.stat(outputs.playable(PLAN))], [[], undefined]);
  });
});
