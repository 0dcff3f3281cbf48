import assert from "node:assert/strict";
import { join } from "node:path";

import type { EventEntry } from "../../../contract/videoEvents";
import { clipDirectory, makeClip } from "../../support/clips";
import { buildWorker, WorkerRuns } from "../workerProcess";

const DETAIL = { version: 1, pipeline: "videos", execution: "arn:execution", executionName: "a-1" };
const ORIGIN = { ...DETAIL, stateMachine: "arn:machine", startTime: "2026-01-01T00:00:00.000Z" };
const EVENT = [
  "--event",
  JSON.stringify({ bus: "arn:aws:events:eu-west-1:123456789012:event-bus/media", detail: ORIGIN }),
];

describe("the worker's jobs for a pipeline with events", () => {
  let path: string;
  let remove: () => Promise<void>;
  before(async () => ({ path, remove } = await clipDirectory()));
  after(() => remove());

  it("say once that the video is playable, in the job that makes it so", async () => {
    const bundle = await buildWorker(path);
    const clip = await makeClip(join(path, "clip.mp4"), { seconds: 2 });
    const worker = new WorkerRuns(bundle, `file://${clip}`, `file://${join(path, "out")}`, {
      VIDEO_BATCH_PRINT_EVENTS: "1",
    });
    const eventsOf = async (...args: string[]): Promise<EventEntry[]> => {
      const { stdout } = await worker.succeed(...args, ...EVENT);
      const lines = stdout.split("\n").filter((line) => line.startsWith("event "));
      return lines.map((line) => JSON.parse(line.slice("event ".length)) as EventEntry);
    };
    const rendition = ["transcode", "--rendition", "90p", "--part"];
    assert.deepEqual(await eventsOf("metadata"), []);
    const [entry, ...others] = await eventsOf(...rendition, "1");
    const { Detail = "{}", ...rest } = entry ?? {};
    assert.deepEqual(
      [rest, others],
      [
        {
          EventBusName: "arn:aws:events:eu-west-1:123456789012:event-bus/media",
          ...{
            Source: "video-batch-pipeline",
            DetailType: "Video Playable",
            Resources: ["arn:execution", "arn:machine"],
          },
        },
        [],
      ],
    );
    const { input, output } = worker;
    assert.deepEqual(JSON.parse(Detail), { ...ORIGIN, input, output, playlist: `${output}/hls/master.m3u8` });
    assert.deepEqual(await eventsOf(...rendition, "2"), []);
    assert.deepEqual(await eventsOf("package"), []);
  });
});
