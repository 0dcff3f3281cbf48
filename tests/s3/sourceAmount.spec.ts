import assert from "node:assert/strict";
import { join } from "node:path";

import type { Plan } from "../../contract/plan";
import { metadata } from "../../worker/commands/metadata";
import { transcode } from "../../worker/commands/transcode";
import { ProgressReport } from "../../worker/ffmpeg/progress";
import { chunksOf } from "../../worker/plan/chunks";
import { S3Storage } from "../../worker/storage/s3";
import { makeS3Client } from "../../worker/storage/s3Client";
import { makeRangeClient, S3Ranges } from "../../worker/storage/s3Ranges";
import { clipDirectory, makeClip } from "../support/clips";
import { type S3Source, serveSource } from "../support/s3Source";
import { MemoryStorage } from "../worker/memoryStorage";
import { useLadder } from "../worker/useLadder";
import { LADDER } from "../worker/workerProcess";

const MIB = 1024 * 1024;
const SECONDS = 40;
const CHUNK_SECONDS = 2;

describe("what is read of a source for one chunk", () => {
  let path: string;
  let remove: () => Promise<void>;
  useLadder({ ...LADDER, parts: [{}], chunkSeconds: CHUNK_SECONDS });
  before(async () => ({ path, remove } = await clipDirectory()));
  let s3: S3Source;
  afterEach(() => s3.stop());
  after(() => remove());

  for (const [file, ...output] of [["front.mov", "-movflags", "+faststart"], ["end.mkv"]] as const) {
    it(`is less than twice the chunk and 16 MiB, wherever the index is: ${file}`, async () => {
      const video = ["-c:v", "rawvideo", "-pix_fmt", "uyvy422"];
      const options = { width: 256, height: 144, seconds: SECONDS, sound: true, video, output };
      const clip = await makeClip(join(path, file), options);
      s3 = await serveSource(clip);
      const settings = { region: "eu-west-1", credentials: { accessKeyId: "key", secretAccessKey: "secret" } };
      const environment = { AWS_ENDPOINT_URL_S3: s3.endpoint };
      const source = new S3Storage(
        makeS3Client(environment, settings),
        new S3Ranges(makeRangeClient(environment, settings)),
      );
      const target = new MemoryStorage();
      const job = { input: `s3://videos/${file}`, output: "s3://videos/out", rendition: "90p", part: 1 };
      const report = new ProgressReport(() => undefined);
      await metadata({ ...job, index: 0 }, { source, target }, report);
      const plan = JSON.parse(String(target.objects.get("s3://videos/out/plan.json"))) as Plan;
      const chunks = chunksOf(plan);
      assert.equal(chunks.length, SECONDS / CHUNK_SECONDS);
      const most = (2 * plan.source.bytes) / chunks.length + 16 * MIB;
      assert.ok(3 * most < plan.source.bytes, "the source is large enough to tell");
      for (const index of [0, chunks.length / 2, chunks.length - 1]) {
        s3.script();
        await transcode({ ...job, index }, { source, target }, report);
        assert.ok(s3.sent() < most, `${s3.sent()} of at most ${most} bytes for chunk ${index}`);
      }
    });
  }
});
