// Runs on Lambda as it is: its runtime for Node.js has the AWS SDK.
import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";

import { describe, supersedes } from "./entry.mjs";

const { BUCKET, PREFIX } = process.env;

/** Another invocation changed the entry meanwhile. The state machine tries again. */
class EntryChanged extends Error {
  name = "EntryChanged";
}

const s3 = new S3Client({});

/** Writes what an event says of a video into the catalogue, unless the catalogue has it already, or something newer. */
export async function handler(event) {
  const { input, manifest } = event.detail;
  const key = `${PREFIX}${input.slice("s3://".length)}.json`;
  const entry = describe(event, manifest === undefined ? undefined : await readManifest(manifest));
  // A new entry first: whether an object is missing, only those may know that may list the bucket.
  if (await write(key, entry, { IfNoneMatch: "*" })) return { key, written: true };
  const { value: kept, etag } = await read(BUCKET, key);
  if (supersedes(kept, entry)) return { key, written: false };
  if (await write(key, entry, { IfMatch: etag })) return { key, written: true };
  throw new EntryChanged(`${key} was changed by another event at the same time.`);
}

function readManifest(uri) {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri);
  return read(bucket, key).then(({ value }) => value);
}

async function read(Bucket, Key) {
  const { Body, ETag } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  return { value: JSON.parse(await Body.transformToString()), etag: ETag };
}

/** Writes an object if it is as expected, and says whether it was. */
async function write(Key, entry, condition) {
  const Body = JSON.stringify(entry);
  try {
    await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body, ContentType: "application/json", ...condition }));
    return true;
  } catch (error) {
    if (error.name === "PreconditionFailed" || error.name === "ConditionalRequestConflict") return false;
    throw error;
  }
}
