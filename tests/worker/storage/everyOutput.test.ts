import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";

import { HeadObjectCommand, S3Client } from "@aws-sdk/client-s3";

import { CONTENT_TYPES, outputs } from "../../../contract/outputs";
import { NOTHING, PreconditionFailed } from "../../../worker/storage/conditionalWrite";
import { FileStorage } from "../../../worker/storage/file";
import { JobError } from "../../../worker/errors/errors";
import { S3Ranges } from "../../../worker/storage/s3Ranges";
import { S3Storage } from "../../../worker/storage/s3";
import type { Storage } from "../../../worker/storage/storage";
import { startStrictS3 } from "../../support/strictS3";
import { MemoryStorage } from "../memoryStorage";

type Outputs = typeof outputs;
type Functions = { [Name in keyof Outputs as Outputs[Name] extends string ? never : Name]: Outputs[Name] };

const MARK = "0a1b2c3d-4e5f6071";

/** Arguments for each entry that needs some. */
const ARGUMENTS: { [Name in keyof Functions]: Parameters<Functions[Name]> } = {
  feature: ["sprite-2.jpg"],
  records: ["720p"],
  record: ["720p", { part: 2, index: 17 }, MARK],
  audioRecord: ["audio", MARK],
  order: ["1f0c4a52-8d1e-4c55-9a57-3d3a0f1f9e01"],
  damage: ["1f0c4a52-8d1e-4c55-9a57-3d3a0f1f9e01"],
  failure: ["1f0c4a52-8d1e-4c55-9a57-3d3a0f1f9e01"],
  playable: [{ fingerprint: MARK }],
  segments: ["720p"],
  init: ["720p", MARK],
  segment: ["720p", MARK, 900_000],
  playlist: ["720p"],
  iframes: ["720p"],
  mp4: ["720p"],
};

function samplePath(name: string): string {
  const entry = outputs[name as keyof Outputs] as string | ((...args: unknown[]) => string);
  return typeof entry === "string" ? entry : entry(...ARGUMENTS[name as keyof Functions]);
}

const entries = Object.keys(outputs).map((name): [name: string, path: string] => [name, samplePath(name)]);
const objects = entries.filter(([, path]) => !path.endsWith("/"));
const directories = entries.filter(([, path]) => path.endsWith("/"));

/** A storage, the place for outputs in it, and what it knows about an object besides its content. */
interface Driver {
  storage: Storage;
  prefix: string;
  typeOf?: (uri: string) => Promise<string | undefined>;
  close?: () => Promise<void> | void;
}

async function s3Driver(): Promise<Driver> {
  const { endpoint, stop } = await startStrictS3({ videos: "eu-west-1" });
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";
  const client = new S3Client({
    ...{ endpoint, forcePathStyle: true, region: "eu-west-1" },
    credentials: { accessKeyId: "key", secretAccessKey: "secret" },
  });
  return {
    storage: new S3Storage(client, new S3Ranges(client)),
    prefix: "s3://videos/out #1",
    typeOf: async (uri) => {
      const command = new HeadObjectCommand({ Bucket: "videos", Key: uri.slice("s3://videos/".length) });
      return (await client.send(command)).ContentType;
    },
    close: async () => {
      client.destroy();
      await stop();
    },
  };
}

function fileDriver(): Driver {
  const folder = mkdtempSync(join(tmpdir(), "outputs-"));
  const close = (): void => rmSync(folder, { recursive: true });
  return { storage: new FileStorage(), prefix: `file://${folder}/out #1`, close };
}

const DRIVERS: Record<string, () => Driver | Promise<Driver>> = {
  memory: () => ({ storage: new MemoryStorage(), prefix: "s3://videos/out #1" }),
  files: fileDriver,
  S3: s3Driver,
};

describe("every output", () => {
  it("has a sample", () => {
    for (const [name, path] of entries) assert.match(path, /^([^/]+\/)*([^/]+\.[a-z0-9]+)?$/, name);
    const needArguments = Object.keys(outputs).filter((name) => typeof outputs[name as keyof Outputs] === "function");
    assert.deepEqual(Object.keys(ARGUMENTS).sort(), needArguments.sort());
    assert.ok(objects.length >= 19 && directories.length >= 6);
  });

  it("that is an object has a content type, and each content type has such an output", () => {
    const extensions = objects.map(([, path]) => path.slice(path.lastIndexOf(".") + 1));
    assert.deepEqual([...new Set(extensions)].sort(), Object.keys(CONTENT_TYPES).sort());
  });

  for (const [kind, open] of Object.entries(DRIVERS)) {
    describe(`in ${kind}`, () => {
      let driver: Driver;
      before(async () => (driver = await open()));
      after(() => driver.close?.());
      for (const [name, path] of objects) {
        it(`${name} is written, read, listed, replaced and removed`, () => follow(driver, path));
      }
      it("is listed in its directory", () => listAll(driver));
      it("that is too long for one request is replaced conditionally too", () => replaceLong(driver));
      it("with another extension is refused", async () => {
        await assert.rejects(driver.storage.write(`${driver.prefix}/work/order.yaml`, "x"), {
          name: "InputError",
          message: "No content type is known for order.yaml.",
        });
        assert.equal(await driver.storage.stat(`${driver.prefix}/work/order.yaml`), undefined);
      });
    });
  }
});

/** The life of one object. */
async function follow({ storage, prefix, typeOf }: Driver, path: string): Promise<void> {
  const uri = `${prefix}/${path}`;
  const [directory, name] = [uri.slice(0, uri.lastIndexOf("/") + 1), path.slice(path.lastIndexOf("/") + 1)];
  const refused = (error: unknown): boolean => error instanceof PreconditionFailed;
  assert.deepEqual([await storage.stat(uri), await storage.readText(uri)], [undefined, undefined]);
  await assert.rejects(storage.write(uri, "too early", { replaces: "0123456789abcdef" }), refused);

  assert.equal(await storage.write(uri, "grüße", { replaces: NOTHING }), 7);
  const first = await storage.stat(uri);
  assert.equal(first?.bytes, 7);
  assert.equal(await storage.readText(uri), "grüße");
  assert.equal((await buffer(await storage.openRead(uri))).toString(), "grüße");
  const end = { etag: first.etag, start: 4, length: 3 };
  assert.equal((await storage.readRange(uri, end)).toString(), "ße");
  await assert.rejects(storage.readRange(uri, { ...end, etag: "0123456789abcdef" }), JobError);
  assert.equal((await storage.list(directory)).get(name), 7);
  if (typeOf) assert.equal(await typeOf(uri), CONTENT_TYPES[extensionOf(path)]);

  await assert.rejects(storage.write(uri, "once more", { replaces: NOTHING }), refused);
  await storage.write(uri, streamOf(Buffer.from("one "), Buffer.from("two")), { replaces: first.etag });
  const second = await storage.stat(uri);
  assert.notEqual(second?.etag, first.etag);
  await assert.rejects(storage.write(uri, "too late", { replaces: first.etag }), refused);
  assert.equal(await storage.readText(uri), "one two");
  if (typeOf) assert.equal(await typeOf(uri), CONTENT_TYPES[extensionOf(path)]);
  await storage.write(uri, "whatever was there", { intermediate: true });

  await storage.remove(uri, first.etag);
  assert.equal(await storage.readText(uri), "whatever was there");
  await storage.remove(uri, (await storage.stat(uri))?.etag);
  assert.deepEqual([await storage.stat(uri), (await storage.list(directory)).get(name)], [undefined, undefined]);
  await storage.remove(uri);
}

/** S3 takes long objects in parts, and compares when they are complete. */
async function replaceLong({ storage, prefix }: Driver): Promise<void> {
  const uri = `${prefix}/${outputs.mp4("long")}`;
  const [first, second] = [Buffer.alloc(5 << 20, 1), Buffer.alloc(5 << 20, 2)];
  assert.equal(await storage.write(uri, streamOf(first, second), { replaces: NOTHING }), 10 << 20);
  const etag = (await storage.stat(uri))?.etag;
  await assert.rejects(storage.write(uri, streamOf(second, first), { replaces: NOTHING }), PreconditionFailed);
  await assert.rejects(
    storage.write(uri, streamOf(second, first), { replaces: "0123456789abcdef" }),
    PreconditionFailed,
  );
  assert.deepEqual(await storage.stat(uri), { bytes: 10 << 20, etag });
  await storage.write(uri, streamOf(second, first), { replaces: etag! });
  const replaced = (await storage.stat(uri))!.etag;
  assert.deepEqual(
    await storage.readRange(uri, { etag: replaced, start: (5 << 20) - 1, length: 2 }),
    Buffer.from([2, 1]),
  );
  await storage.remove(uri);
}

function streamOf(...pieces: Buffer[]): AsyncIterable<Buffer> {
  return {
    async *[Symbol.asyncIterator]() {
      for (const piece of pieces) yield await Promise.resolve(piece);
    },
  };
}

/** Each directory of the contract with what is directly in it. */
async function listAll({ storage, prefix }: Driver): Promise<void> {
  for (const [, path] of objects) await storage.write(`${prefix}/${path}`, path);
  for (const [name, directory] of [["the output", ""], ...directories] as [string, string][]) {
    const inside = objects.flatMap(([, path]) => (path.startsWith(directory) ? path.slice(directory.length) : []));
    assert.ok(inside.length > 0, name);
    const files = inside.filter((path) => !path.includes("/"));
    const folders = inside.filter((path) => path.includes("/")).map((path) => path.slice(0, path.indexOf("/")));
    const listed = await storage.list(`${prefix}/${directory}`);
    assert.deepEqual([...listed.keys()].sort(), [...new Set(files)].sort(), name);
    for (const file of files) assert.equal(listed.get(file), Buffer.byteLength(directory + file), name);
    assert.deepEqual((await storage.folders(`${prefix}/${directory}`)).sort(), [...new Set(folders)].sort(), name);
  }
}

function extensionOf(path: string): keyof typeof CONTENT_TYPES {
  return path.slice(path.lastIndexOf(".") + 1) as keyof typeof CONTENT_TYPES;
}
