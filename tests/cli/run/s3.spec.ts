import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import {
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";

import type { Plan } from "../../../contract/plan";
import { getObject } from "../../../runner/integrations/s3";
import { StatesError } from "../../../runner/stateMachine/errors";
import type { RunRecord } from "../../../contract/run";
import { filesOf, type Manifest } from "../../../contract/manifest";
import { clipDirectory, ffprobe, makeClip } from "../../support/clips";
import { cli } from "../../support/commandLine";

const KEY = "in/my clip #1 100%+'é😀\".mp4";
const PREFIX = "out put/#1 100%+'é😀";
const OUTPUT = `s3://videos/${PREFIX}`;

describe("run, from S3 to S3", () => {
  let directory: string;
  let remove: () => Promise<void>;
  let stop: () => Promise<void>;
  let client: S3Client;
  let clip: string;
  let dir: string;
  const environment = { ...process.env };

  before(async () => {
    ({ path: directory, remove } = await clipDirectory());
    const { startFauxqs } = await import("fauxqs");
    const server = await startFauxqs({ port: 0, logger: false, host: "127.0.0.1", init: { buckets: ["videos"] } });
    stop = () => server.stop();
    Object.assign(process.env, {
      AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${server.port}`,
      ...{ AWS_ACCESS_KEY_ID: "key", AWS_SECRET_ACCESS_KEY: "secret", AWS_REGION: "eu-west-1" },
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
    });
    client = new S3Client({ forcePathStyle: true });
    dir = path.join(directory, "run");
    clip = await makeClip(path.join(directory, "clip.mp4"), { seconds: 12, rate: "10", sound: true });
    await client.send(new PutObjectCommand({ Bucket: "videos", Key: KEY, Body: await readFile(clip) }));
  });
  after(async () => {
    for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) delete process.env[name];
    Object.assign(process.env, environment);
    client.destroy();
    await stop();
    await remove();
  });

  /** Objects below the output by their names. */
  async function objects(): Promise<Map<string, { bytes: number }>> {
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: "videos", Prefix: `${PREFIX}/` }));
    return new Map(Contents.map(({ Key = "", Size = 0 }) => [Key.slice(PREFIX.length + 1), { bytes: Size }]));
  }

  async function object(name: string): Promise<{ type?: string; body: Buffer }> {
    const { Body, ContentType } = await client.send(
      new GetObjectCommand({ Bucket: "videos", Key: `${PREFIX}/${name}` }),
    );
    return { type: ContentType, body: Buffer.from(await Body!.transformToByteArray()) };
  }

  it("writes the complete output to S3, and only the record, report and logs locally", async () => {
    const args = ["run", `s3://videos/${KEY}`, "--output", `${OUTPUT}/`, "--stack", "dev", "--out", dir];
    const { code, stdout, stderr } = await cli(args);
    assert.equal(code, 0, stderr);
    assert.deepEqual(stdout.trim().split("\n"), [
      `${OUTPUT}/hls/master.m3u8`,
      `${OUTPUT}/manifest.json`,
      path.join(dir, "run.json"),
    ]);
    assert.deepEqual(readdirSync(dir).sort(), ["logs", "report.html", "run.json"]);

    const record = JSON.parse(await readFile(path.join(dir, "run.json"), "utf8")) as RunRecord;
    assert.deepEqual(record.input, { input: `s3://videos/${KEY}`, output: `${OUTPUT}/` });
    assert.deepEqual(record.start.output, `${OUTPUT}/`);
    const notice = JSON.parse(record.notifications[0]!.message) as Record<string, string>;
    assert.deepEqual(
      [notice["status"], notice["manifest"], notice["playlist"], record.notifications.length],
      ["SUCCEEDED", `${OUTPUT}/manifest.json`, `${OUTPUT}/hls/master.m3u8`, 1],
    );
    const report = await readFile(path.join(dir, "report.html"), "utf8");
    assert.match(report, /<img class="poster" src="data:image\/jpeg;base64,/);
  });

  it("has all files of its manifest with content types, and no partial files", async () => {
    const there = await objects();
    const manifest = JSON.parse((await object("manifest.json")).body.toString()) as Manifest;
    assert.deepEqual([manifest.source.uri, manifest.source.frames], [`s3://videos/${KEY}`, 120]);
    for (const { path: name, bytes } of filesOf(manifest)) assert.equal(there.get(name)?.bytes, bytes, name);

    const types: Record<string, string> = {
      m3u8: "application/vnd.apple.mpegurl",
      m4s: "video/iso.segment",
      mp4: "video/mp4",
      json: "application/json",
      jpg: "image/jpeg",
      vtt: "text/vtt; charset=utf-8",
    };
    for (const name of there.keys()) {
      assert.equal((await object(name)).type, types[name.split(".").at(-1)!], name);
      assert.doesNotMatch(name, /partial|preview|work\/failures/);
    }
    const plan = JSON.parse((await object("plan.json")).body.toString()) as Plan;
    const records = plan.renditions.flatMap(({ name }) => [`work/${name}/1-00000`, `work/${name}/2-00000`]);
    const { jobs } = JSON.parse(await readFile(path.join(dir, "run.json"), "utf8")) as RunRecord;
    const jobOf = (step: string): string | undefined => jobs.find(({ state }) => state === step)?.id;
    const reports = [`work/orders/${jobOf("Extract Metadata")}.json`, `work/damage/${jobOf("Package Video")}.json`];
    assert.deepEqual(
      [...there.keys()]
        .filter((name) => name.startsWith("work/"))
        .map((name) => name.replace(/-[0-9a-f]{8}-[0-9a-f]{8}\.json$/, ""))
        .sort(),
      [...records, "work/audio", "work/features.json", ...reports].sort(),
    );
  });

  it("has every picture of the source at its time after a download", async () => {
    const copy = path.join(directory, "copy");
    for (const name of (await objects()).keys()) {
      await mkdir(path.dirname(path.join(copy, name)), { recursive: true });
      await writeFile(path.join(copy, name), (await object(name)).body);
    }
    const times = async (file: string): Promise<number[]> => {
      const rows = await ffprobe(file, "frame=pts_time", "-select_streams", "v:0");
      const seconds = rows.map(([time]) => Number(time));
      return seconds.map((time) => Math.round((time - seconds[0]!) * 90_000));
    };
    const expected = await times(clip);
    assert.equal(expected.length, 120);
    assert.deepEqual(await times(path.join(copy, "hls/master.m3u8")), expected);
    const [mp4] = readdirSync(path.join(copy, "mp4"));
    assert.deepEqual(await times(path.join(copy, "mp4", mp4!)), expected);
  });

  it("resumes in S3, and explains a failure in one sentence", async () => {
    await client.send(new DeleteObjectCommand({ Bucket: "videos", Key: `${PREFIX}/manifest.json` }));
    const file = path.join(dir, "run.json");
    const record = JSON.parse(await readFile(file, "utf8")) as RunRecord;
    await writeFile(file, JSON.stringify({ ...record, status: "ABORTED" }));
    const { code, stdout, stderr } = await cli(["run", "--resume", dir]);
    assert.equal(code, 0, stderr);
    assert.ok(stdout.startsWith(`${OUTPUT}/hls/master.m3u8\n${OUTPUT}/manifest.json\n`), stdout);
    assert.ok(!existsSync(path.join(dir, "output")));

    const absent = ["run", "s3://videos/absent.mp4", "--output", "s3://videos/absent", "--stack", "dev"];
    const failed = await cli([...absent, "--out", path.join(directory, "absent")]);
    assert.equal(failed.code, 1);
    assert.match(
      failed.stderr,
      /^Failed in Extract Metadata after [\d.]+ s: "absent\.mp4" wasn't found at s3:\/\/videos\/absent\.mp4; check the URI\.$/m,
    );
  });

  it("needs a region, before it writes anything", async () => {
    const settings = { ...process.env };
    Object.assign(process.env, { AWS_CONFIG_FILE: "/dev/null", AWS_SHARED_CREDENTIALS_FILE: "/dev/null" });
    delete process.env["AWS_REGION"];
    delete process.env["AWS_ENDPOINT_URL_S3"];
    const elsewhere = path.join(directory, "no-region");
    const { code, stderr } = await cli(["run", `s3://videos/${KEY}`, "--stack", "dev", "--out", elsewhere]);
    for (const name of ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"]) delete process.env[name];
    Object.assign(process.env, settings);
    assert.match(stderr, /^No AWS region is configured for S3 \(Region is missing\)\. Set AWS_REGION/m);
    assert.deepEqual([code, existsSync(elsewhere)], [2, false]);
  });

  it("reads what the state machine asks for, and names errors as the service does", async () => {
    const get = (Bucket: string, Key: string): Promise<unknown> =>
      getObject.run(
        { Bucket, Key },
        {
          signal: new AbortController().signal,
          visit: { id: 1, state: "S", type: "Task", path: [] },
          execution: { id: "e", stateMachine: "m" },
        },
      );
    const plan = (await get("videos", `${PREFIX}/plan.json`)) as Record<string, string>;
    assert.equal(plan["Body"], (await object("plan.json")).body.toString());
    assert.ok(Date.parse(plan["LastModified"]!) <= Date.now());

    const error = (name: string) => (thrown: unknown) => thrown instanceof StatesError && thrown.error === name;
    await assert.rejects(get("videos", "absent"), error("S3.NoSuchKeyException"));
    await assert.rejects(get("nowhere", "absent"), error("S3.NoSuchBucketException"));
    await client.send(new PutObjectCommand({ Bucket: "videos", Key: "large", Body: "x".repeat(262_145) }));
    await assert.rejects(get("videos", "large"), (thrown: StatesError) => {
      const sentence = "The object s3://videos/large has 262145 bytes. The result of a task can have at most 262144.";
      return thrown.error === "States.DataLimitExceeded" && thrown.cause === sentence;
    });
    const endpoint = process.env["AWS_ENDPOINT_URL_S3"];
    process.env["AWS_ENDPOINT_URL_S3"] = "http://127.0.0.1:9";
    await assert.rejects(get("videos", "absent"), error("S3.SdkClientException"));
    process.env["AWS_ENDPOINT_URL_S3"] = endpoint;
  });

  it("leaves no unfinished upload: a bucket with one can't be deleted", async () => {
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: "videos" }));
    assert.ok(Contents.length > 20);
    for (const { Key } of Contents) await client.send(new DeleteObjectCommand({ Bucket: "videos", Key }));
    await client.send(new DeleteBucketCommand({ Bucket: "videos" }));
  });
});
