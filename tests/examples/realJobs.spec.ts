import { strict as assert } from "node:assert";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { GetObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";

import type { JsonObject } from "../../contract/asl";
import { resourceOf } from "../../contract/serviceCalls";
import { LocalLauncher } from "../../runner/batch/launchers/localLauncher";
import { SystemClock } from "../../runner/clock/clock";
import { getObject, listObjectsV2 } from "../../runner/integrations/s3";
import { PreparedLadder } from "../../runner/mediaConvert/ladder";
import { MediaConvertService } from "../../runner/mediaConvert/service";
import type { TaskHandler } from "../../runner/stateMachine/task";
import type { MediaConvertJob } from "../../testing";
import { makeS3Client } from "../../worker/storage/s3Client";
import { clipDirectory, ffprobe, makeClip } from "../support/clips";
import { synthesiseExample } from "../support/examples";
import { prepareLadder } from "../support/preparedLadder";
import { startStrictS3, type StrictS3 } from "../support/strictS3";
import { useEnvironment } from "../support/useEnvironment";
import { detailProblems } from "../support/videoEvents";
import { buildWorker } from "../worker/workerProcess";
import { delivered, matches } from "./catalogueKeeper";
import { objectCreated } from "./ingestion";
import { LocalAccount } from "./localAccount";

const BUCKET = "videos-bucket";
const BUS = "arn:aws:events:us-east-1:123456789012:event-bus/media";
const SECONDS = 4;
/** What the pipeline makes of the video. */
const RENDITIONS = [
  { name: "720p", width: 960, height: 540 },
  { name: "480p", width: 854, height: 480 },
];

/** `npm run test:long`: what other tests do with scripted jobs. Here the worker, the function and S3 are real; MediaConvert never is. */
describe("the examples before and behind the pipeline, with real jobs", () => {
  let directory: Awaited<ReturnType<typeof clipDirectory>>;
  let worker: string;
  let clip: string;
  let s3: StrictS3;
  let client: S3Client;
  const set = useEnvironment();

  before(async () => {
    directory = await clipDirectory();
    worker = await buildWorker(directory.path);
    s3 = await startStrictS3({ [BUCKET]: "us-east-1" });
    client = makeS3Client({ AWS_ENDPOINT_URL_S3: s3.endpoint, AWS_REGION: "us-east-1" });
    // Pixels that aren't square: the video is 960 by 540 as displayed.
    clip = await makeClip(join(directory.path, "clip.mp4"), {
      ...{ width: 720, height: 540, filter: "setsar=4/3", seconds: SECONDS, sound: true },
    });
  });
  after(async () => {
    client.destroy();
    await s3.stop();
    await directory.remove();
  });
  beforeEach(() => {
    set({ AWS_ENDPOINT_URL: s3.endpoint, AWS_ACCESS_KEY_ID: "key", AWS_SECRET_ACCESS_KEY: "secret" });
    set({ AWS_REGION: "us-east-1", AWS_ENDPOINT_URL_S3: undefined });
  });

  /** Uploads the video, and returns its URI. */
  async function upload(key: string): Promise<string> {
    await put(key, await readFile(clip));
    return `s3://${BUCKET}/${key}`;
  }

  async function put(Key: string, Body: Buffer | string): Promise<void> {
    await client.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body }));
  }

  async function read(uri: string): Promise<Buffer> {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: BUCKET, Key: keyOf(uri) }));
    return Buffer.from(await Body!.transformToByteArray());
  }

  const launcher = (name: string, clock: SystemClock): LocalLauncher =>
    new LocalLauncher({ logs: join(directory.path, name), clock, workerBundle: worker, region: "us-east-1" });

  it("lead from an event on a bus to a playable video and an entry in the catalogue", async () => {
    const synthesis = await synthesiseExample("event-bus");
    const clock = new SystemClock();
    const account = new LocalAccount(synthesis, { clock, launcher: launcher("event-bus", clock) });
    const video = await upload("uploads/talk.mp4");
    const completed = {
      ...{ "version": "0", "id": "0a1b", "source": "upload-service", "detail-type": "Upload Completed" },
      detail: { upload: "42", title: "A talk", file: video },
    };
    assert.ok(matches(synthesis, "videos-events-trigger", BUS, completed));
    const { status, cause } = await account.run("videos-state-machine", completed);
    assert.equal(status, "SUCCEEDED", cause);
    const kinds = account.events.map(({ detailType }) => detailType);
    assert.deepEqual(kinds, ["Video Planned", "Video Playable", "Video Published"]);
    for (const { bus, detailType, detail } of account.events) {
      assert.deepEqual([bus, detailProblems(detailType, detail)], [BUS, []]);
    }
    const endings = account.events
      .map((event, index) => delivered({ ...event, time: new Date(event.time).toISOString() }, `event-${index}`))
      .filter((event) => matches(synthesis, "endings", BUS, event));
    assert.equal(endings.length, 1);
    const catalogued = await account.run("catalogue", endings[0]!);
    assert.deepEqual([catalogued.status, (catalogued.output as JsonObject)["written"]], ["SUCCEEDED", true]);
    const entry = JSON.parse(
      String(await read(`s3://${BUCKET}/catalogue/${BUCKET}/uploads/talk.mp4.json`)),
    ) as JsonObject;
    assert.deepEqual(
      { ...entry, execution: undefined, event: undefined },
      {
        ...{ version: 1, video, upload: "42", title: "A talk", status: "published" },
        playlist: `s3://${BUCKET}/output/uploads/talk.mp4/hls/master.m3u8`,
        ...{ durationSeconds: SECONDS, renditions: RENDITIONS, missing: [], damagedSeconds: 0 },
        ...{ execution: undefined, event: undefined },
      },
    );
    assert.match(String(await read(entry["playlist"] as string)), /RESOLUTION=854x480/);
  });

  it("lead from an upload's event, which comes twice, through the Express workflow to one playable video", async () => {
    const synthesis = await synthesiseExample("express-ingest");
    const clock = new SystemClock();
    const account = new LocalAccount(synthesis, { clock, launcher: launcher("express-ingest", clock) });
    await upload("uploads/clip.mp4");
    const created = objectCreated({ key: "uploads/clip.mp4", sequencer: "0A" });
    account.start("ingest", created);
    await account.run("ingest", { ...created, id: "again" });
    const executions = account.executionsOf("videos-state-machine");
    assert.deepEqual(
      executions.map(({ result }) => result?.status),
      ["SUCCEEDED"],
      executions[0]?.result?.cause,
    );
    assert.match(executions[0]!.name, /^clip-mp4-[0-9a-f]+$/);
    assert.deepEqual([account.notifications.length, account.messages], [1, []]);
    const { playlist } = JSON.parse(account.notifications[0]!.message) as { playlist: string };
    assert.match(String(await read(playlist)), /RESOLUTION=854x480/);
  });

  it("lead from an upload's event to the ladder that the worker's metadata ask of MediaConvert, which plays", async () => {
    const synthesis = await synthesiseExample("mediaconvert");
    const ladder = join(directory.path, "ladder");
    await prepareLadder(ladder, [360, 540], SECONDS);
    const clock = new SystemClock();
    const jobs: MediaConvertJob[] = [];
    const puts: Promise<void>[] = [];
    const service = new MediaConvertService({
      ...{ clock, ladder: new PreparedLadder(ladder), onEnded: (job) => jobs.push(job) },
      put: (uri, content) => puts.push(put(keyOf(uri), content)),
    });
    const account = new LocalAccount(synthesis, {
      ...{ clock, launcher: launcher("mediaconvert", clock) },
      mediaConvert: { service, decide: () => ({ queuedSeconds: 0, seconds: 0 }) },
      // A job ends once its assets are there.
      handlers: {
        [resourceOf("aws-sdk:s3:getObject")]: afterAll(puts, getObject),
        [resourceOf("aws-sdk:s3:listObjectsV2")]: afterAll(puts, listObjectsV2),
      },
    });
    await upload("uploads/clip.mp4");
    await account.run("ingest", objectCreated({ key: "uploads/clip.mp4", sequencer: "0A" }));
    const [execution] = account.executionsOf("transcode");
    assert.equal(execution?.result?.status, "SUCCEEDED", execution?.result?.cause);
    assert.deepEqual(
      account.events.map(({ detailType, detail }) => [detailType, detailProblems(detailType, detail)]),
      [["Video Published", []]],
    );
    const { playlist } = JSON.parse(account.notifications[0]!.message) as { playlist: string };
    assert.equal(playlist, `s3://${BUCKET}/output/mediaconvert/${execution.name}/hls/master.m3u8`);
    const downloaded = join(directory.path, "downloaded");
    for (const uri of jobs[0]!.assets) await download(uri, downloaded);
    assert.equal(jobs[0]!.assets.at(-1), playlist);
    const streams = await ffprobe(join(downloaded, keyOf(playlist)), "stream=width,height", "-select_streams", "v");
    assert.deepEqual(new Set(streams.map(([width, height]) => `${width}x${height}`)), new Set(["960x540", "640x360"]));
    for (const height of [540, 360]) {
      const variant = join(downloaded, keyOf(playlist)).replace(".m3u8", `_${height}p.m3u8`);
      const [[count]] = (await ffprobe(variant, "stream=nb_read_frames", "-count_frames", "-select_streams", "v")) as [
        [string],
      ];
      assert.equal(Number(count), SECONDS * 25);
    }
  });

  async function download(uri: string, folder: string): Promise<void> {
    const file = join(folder, keyOf(uri));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, await read(uri));
  }
});

function afterAll(puts: Promise<void>[], handler: TaskHandler): TaskHandler {
  return { ...handler, run: async (args, context) => (await Promise.all(puts), handler.run(args, context)) };
}

function keyOf(uri: string): string {
  return uri.replace(`s3://${BUCKET}/`, "");
}
