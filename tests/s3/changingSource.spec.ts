import assert from "node:assert/strict";
import { copyFile, readFile, rm, truncate, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { DeleteObjectCommand } from "@aws-sdk/client-s3";

import { audio } from "../../worker/commands/audio";
import { features } from "../../worker/commands/features";
import type { Stores } from "../../worker/commands/job";
import { metadata } from "../../worker/commands/metadata";
import { transcode } from "../../worker/commands/transcode";
import { exitCodeOf } from "../../worker/errors/errors";
import { ProgressReport } from "../../worker/ffmpeg/progress";
import { FileStorage } from "../../worker/storage/file";
import { S3Storage } from "../../worker/storage/s3";
import type { ObjectRange, Storage } from "../../worker/storage/storage";
import { clipDirectory, makeClip } from "../support/clips";
import { MemoryStorage } from "../worker/memoryStorage";
import { useLadder } from "../worker/useLadder";
import { LADDER } from "../worker/workerProcess";
import { BUCKET, useLoopbackS3 } from "./loopback";

const OUTPUT = "s3://videos/out";
const COMMANDS = { metadata, features, transcode, audio };
const REPLACED = '"clip.mp4" was replaced while it was read; start the pipeline again.';
const REMOVED = '"clip.mp4" was removed while it was read; upload it and start the pipeline again.';
/** Bytes of the first part of a file that is read at a time. What happens to the file happens behind it. */
const FIRST_READ = 1 << 18;

describe("a source that changes in the middle of a job", () => {
  const s3 = useLoopbackS3();
  let path: string;
  let remove: () => Promise<void>;
  let clip: Buffer;
  let other: Buffer;
  useLadder(LADDER);

  before(async () => {
    ({ path, remove } = await clipDirectory());
    const make = async (name: string, filter: string): Promise<Buffer> => {
      const noise = `${filter},noise=alls=40:allf=t`;
      const options = { width: 320, height: 180, seconds: 4, sound: true, filter: noise };
      return readFile(await makeClip(join(path, name), { ...options, output: ["-movflags", "+faststart"] }));
    };
    clip = await make("clip.mp4", "null");
    other = await make("other.mp4", "negate");
    assert.ok(clip.length > 2 * FIRST_READ, `${clip.length} bytes`);
  });
  after(() => remove());

  interface Place {
    input: string;
    restore: () => Promise<void>;
    storage: () => Storage;
    changes: Record<string, [change: () => Promise<void>, message: string]>;
  }

  const local = (): Place => {
    const file = join(path, "clip.mp4");
    return {
      input: `file://${file}`,
      restore: async () => {
        await writeFile(file, clip);
        // It counts as the same file then.
        await utimes(file, 1, 1);
      },
      storage: () => new FileStorage(),
      changes: {
        "is replaced": [() => copyFile(join(path, "other.mp4"), file), REPLACED],
        "loses its end": [() => truncate(file, clip.length - 100), REPLACED],
        "is removed": [() => rm(file), REMOVED],
      },
    };
  };
  const bucket = (): Place => ({
    input: `s3://${BUCKET}/clip.mp4`,
    restore: () => s3.put("clip.mp4", clip),
    storage: () => new S3Storage(),
    changes: {
      "is replaced": [() => s3.put("clip.mp4", other), REPLACED],
      "is removed": [
        async () => void (await s3.client.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: "clip.mp4" }))),
        REMOVED,
      ],
    },
  });

  /** Runs a command, and lets something happen before it reads behind its first part. */
  async function run(
    command: keyof typeof COMMANDS,
    { input, storage }: Place,
    objects: Map<string, Buffer>,
    happens?: () => Promise<void>,
  ): Promise<void> {
    const source = storage();
    let pending = happens;
    const stores: Stores = {
      source: Object.assign(Object.create(source) as Storage, {
        readRange: async (uri: string, range: ObjectRange, signal?: AbortSignal) => {
          const isBehind = range.start + range.length > FIRST_READ;
          const happening = isBehind ? pending : undefined;
          if (isBehind) pending = undefined;
          await happening?.();
          return source.readRange(uri, range, signal);
        },
      }),
      target: new MemoryStorage(undefined, undefined, objects),
    };
    const job = { input, output: OUTPUT, rendition: "90p", part: 2, index: 1 };
    await COMMANDS[command](job, stores, new ProgressReport(() => undefined));
  }

  const places: [name: string, place: () => Place, changes: string[]][] = [
    ["on the disk", local, ["is replaced", "loses its end", "is removed"]],
    ["in S3", bucket, ["is replaced", "is removed"]],
  ];
  for (const [name, placeOf, changes] of places) {
    let place: Place;
    const planned = new Map<string, Buffer>();
    before(async () => {
      place = placeOf();
      await place.restore();
      await run("metadata", place, planned);
    });

    for (const change of changes) {
      for (const command of Object.keys(COMMANDS) as (keyof typeof COMMANDS)[]) {
        it(`fails it, and nothing counts as done: ${command}, and ${name} it ${change}`, async () => {
          await place.restore();
          const before = command === "metadata" ? new Map<string, Buffer>() : planned;
          const objects = new Map(before);
          const [happens, message] = place.changes[change]!;
          await assert.rejects(run(command, place, objects, happens), (error: Error) => {
            assert.deepEqual([error.message, exitCodeOf(error)], [message, 1]);
            return true;
          });
          const told = [...objects.keys()].filter((uri) => !before.has(uri) && /\.(?:json|m3u8)$/.test(uri));
          assert.deepEqual(told, []);
        });
      }
    }

    it(`is planned anew by the next attempt: ${name}`, async () => {
      await place.restore();
      const objects = new Map<string, Buffer>();
      const [happens] = place.changes["is replaced"]!;
      await assert.rejects(run("metadata", place, objects, happens), { message: REPLACED });
      await run("metadata", place, objects);
      const { source } = JSON.parse(String(objects.get(`${OUTPUT}/plan.json`))) as { source: { bytes: number } };
      assert.equal(source.bytes, other.length);
    });
  }
});
