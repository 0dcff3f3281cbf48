import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { S3Client as Client } from "@aws-sdk/client-s3";
import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";

import type { Manifest } from "../../../contract/manifest";
import type { Plan } from "../../../contract/plan";
import { S3Storage } from "../../../worker/storage/s3";
import { WORKER_CALLS } from "../../security/needed";
import { clipDirectory, ffprobe, makeClip } from "../../support/clips";
import { allows, statementsOf, type Call } from "../../support/aws/iam";
import { IMAGE, named, synthesisePipeline } from "../../support/pipeline";
import { recordS3 } from "../../support/s3Recorder";
import { buildWorker, WorkerRuns } from "../workerProcess";

const KEY = "in/my clip #1 100%+'é😀\".mp4";

describe("s3://", () => {
  let path: string;
  let remove: () => Promise<void>;
  let stop: () => Promise<void>;
  let endpoint: string;
  let calls: Call[];
  let ofWorker: Call[];
  let client: Client;
  let environment: NodeJS.ProcessEnv;

  before(async () => {
    ({ path, remove } = await clipDirectory());
    const { startFauxqs } = await import("fauxqs");
    const server = await startFauxqs({ port: 0, logger: false, host: "127.0.0.1", init: { buckets: ["videos"] } });
    const recorder = await recordS3(server.port);
    ({ endpoint, calls } = recorder);
    stop = async () => {
      await recorder.stop();
      await server.stop();
    };
    const credentials = { accessKeyId: "key", secretAccessKey: "secret" };
    process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";
    client = new S3Client({ endpoint, forcePathStyle: true, region: "eu-west-1", credentials });
    environment = {
      AWS_ENDPOINT_URL_S3: endpoint,
      AWS_REGION: "eu-west-1",
      AWS_ACCESS_KEY_ID: "key",
      AWS_SECRET_ACCESS_KEY: "secret",
    };
  });
  after(async () => {
    client.destroy();
    await stop();
    await remove();
  });

  describe("the driver", () => {
    it("writes and reads objects with any key", async () => {
      const storage = new S3Storage(client);
      const uri = "s3://videos//a/😀 %20+'\"#?.json";
      assert.equal(await storage.write(uri, "grüße"), 7);
      assert.equal(await storage.readText(uri), "grüße");
      assert.equal((await storage.stat(uri))?.bytes, 7);
      assert.deepEqual(await storage.list("s3://videos//a/"), new Map([["😀 %20+'\"#?.json", 7]]));
      await storage.write("s3://videos//a/b 1/x.json", "{}");
      assert.deepEqual(
        [await storage.folders("s3://videos//"), await storage.folders("s3://videos//a/")],
        [["a"], ["b 1"]],
      );
      await storage.remove(uri);
      assert.equal(await storage.stat(uri), undefined);
      assert.equal(await storage.readText(uri), undefined);
      await assert.rejects(storage.openRead(uri), { name: "JobError", message: `${uri} doesn't exist.` });
    });

    it("sends a long stream in parts, with its content type", async () => {
      const storage = new S3Storage(client);
      const piece = Buffer.alloc(1 << 20, 7);
      async function* pieces(): AsyncGenerator<Buffer> {
        for (let count = 0; count < 20; count++) yield await Promise.resolve(piece);
      }
      assert.equal(await storage.write("s3://videos/long.mp4", pieces(), { bytes: 20 << 20 }), 20 << 20);
      const head = await client.send(new HeadObjectCommand({ Bucket: "videos", Key: "long.mp4" }));
      assert.deepEqual([head.ContentLength, head.ContentType], [20 << 20, "video/mp4"]);
      assert.match(head.ETag ?? "", /-3"$/);
    });

    it("publishes nothing if a stream fails", async () => {
      async function* failing(): AsyncGenerator<Buffer> {
        yield await Promise.resolve(Buffer.alloc(9 << 20));
        throw new Error("the encoder died");
      }
      const storage = new S3Storage(client);
      await assert.rejects(storage.write("s3://videos/broken.mp4", failing()), /the encoder died/);
      assert.equal(await storage.stat("s3://videos/broken.mp4"), undefined);
    });

    it("tags intermediates", async () => {
      const sent: unknown[] = [];
      const spy = new S3Client({
        endpoint,
        forcePathStyle: true,
        region: "eu-west-1",
        credentials: client.config.credentials,
      });
      spy.middlewareStack.add(
        (next) => (args) => {
          sent.push((args.request as { headers: Record<string, string> }).headers["x-amz-tagging"]);
          return next(args);
        },
        { step: "finalizeRequest" },
      );
      const storage = new S3Storage(spy);
      await storage.write("s3://videos/work/a.json", "{}", { intermediate: true });
      await storage.write("s3://videos/plan.json", "{}");
      assert.deepEqual(sent, ["video-batch-pipeline=intermediate", undefined]);
      spy.destroy();
    });

    it("names the missing bucket or permission", async () => {
      const storage = new S3Storage(client);
      await assert.rejects(storage.write("s3://nowhere/plan.json", "{}"), {
        name: "InputError",
        message: "The bucket nowhere of s3://nowhere/plan.json doesn't exist; check its name.",
      });
      const denied = new S3Client({ region: "eu-west-1", credentials: { accessKeyId: "a", secretAccessKey: "b" } });
      denied.middlewareStack.add(
        () => () =>
          Promise.reject(Object.assign(new Error("no"), { name: "AccessDenied", $metadata: { httpStatusCode: 403 } })),
        { step: "finalizeRequest", priority: "high" },
      );
      await assert.rejects(new S3Storage(denied).write("s3://videos/work/a.json", "{}", { intermediate: true }), {
        name: "JobError",
        message:
          "Access to s3://videos/work/a.json was denied; the job's role needs s3:PutObject and s3:PutObjectTagging there, and s3:ListBucket on videos.",
      });
    });
  });

  it("supports a whole run of the worker", async () => {
    const clip = await makeClip(join(path, "clip.mp4"), { seconds: 2, sound: true });
    await client.send(new PutObjectCommand({ Bucket: "videos", Key: KEY, Body: await readFile(clip) }));
    const bundle = await buildWorker(path);
    const worker = new WorkerRuns(bundle, `s3://videos/${KEY}`, "s3://videos/out put/#1", environment);
    const text = async (name: string): Promise<string> => {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: "videos", Key: `out put/#1/${name}` }));
      return (await Body?.transformToString()) ?? "";
    };

    const before = calls.length;
    await worker.succeed("metadata");
    const plan = JSON.parse(await text("plan.json")) as Plan;
    assert.deepEqual([plan.parts, plan.source.frames], [[{ chunks: 1 }, { chunks: 1 }], 50]);
    await Promise.all([worker.transcodeAll(plan), worker.succeed("features").then(() => worker.succeed("audio"))]);
    await worker.succeed("package");
    ofWorker = calls.slice(before);

    const manifest = JSON.parse(await text("manifest.json")) as Manifest;
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: "videos", Prefix: "out put/#1/" }));
    const sizes = new Map(Contents.map(({ Key = "", Size }) => [Key.slice("out put/#1/".length), Size]));
    for (const { playlist, mp4 } of manifest.renditions) {
      assert.equal(sizes.get(mp4.path), mp4.bytes);
      assert.equal(sizes.get(playlist.path), playlist.bytes);
    }
    const { Body } = await client.send(new GetObjectCommand({ Bucket: "videos", Key: "out put/#1/mp4/90p.mp4" }));
    const made = join(path, "90p.mp4");
    await writeFile(made, (await Body?.transformToByteArray()) ?? "");
    const counted = await ffprobe(made, "stream=nb_read_frames", "-count_frames", "-select_streams", "v");
    assert.deepEqual(counted, [["50"]]);

    const absent = new WorkerRuns(bundle, "s3://videos/absent.mp4", "s3://videos/x", environment);
    const { code, lastLine } = await absent.run(["metadata"]);
    assert.equal(lastLine, `"absent.mp4" wasn't found at s3://videos/absent.mp4; check the URI.`);
    assert.equal(code, 2);
  });

  it("makes only calls that the job's role allows, and all of them", async () => {
    const storage = { bucket: "videos", outputPrefix: "out put/" };
    const { policy } = named(await synthesisePipeline({ image: IMAGE, storage }), "videos-job-policy").inputs;
    const refused = ofWorker.filter((call) => !allows(statementsOf(policy), call));
    assert.ok(ofWorker.length > 50);
    assert.deepEqual(refused, []);
    // The remaining calls are made only when an object changes, as in the driver's tests above, or when something fails.
    const sent = (): number => calls.filter(({ resource }) => resource.endsWith("/late.mp4")).length;
    async function* failingLate(): AsyncGenerator<Buffer> {
      yield Buffer.alloc(9 << 20);
      while (sent() < 2) await new Promise((resolve) => setTimeout(resolve, 10));
      throw new Error("the encoder died");
    }
    await assert.rejects(new S3Storage(client).write("s3://videos/late.mp4", failingLate()), /the encoder died/);
    await new S3Storage(client).remove("s3://videos/late.mp4");
    const asked = [...new Set(calls.map(({ action }) => action))];
    assert.deepEqual(asked.sort(), Object.values(WORKER_CALLS).flat().sort());
  });
});
