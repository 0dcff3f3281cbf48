import type { JsonObject } from "../../contract/asl";
import { StatesError } from "../stateMachine/errors";

/** What a listing says about an object. */
export interface ListedObject {
  key: string;
  size: number;
  etag: string;
  /** ISO 8601. */
  modified: string;
}

const MAX_KEYS = 1000;

/**
 * A page of a bucket's objects, as `ListObjectsV2` answers. An empty page has no `Contents`.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
 */
export function listPage(objects: readonly ListedObject[], args: JsonObject): JsonObject {
  const { Bucket, Prefix = "", Delimiter, MaxKeys = MAX_KEYS, ContinuationToken, StartAfter = "" } = args;
  const limit = Math.min(MaxKeys as number, MAX_KEYS);
  if (limit < 0) throw new StatesError("S3.S3Exception", `MaxKeys must not be negative. Received ${limit}.`);
  const after = ContinuationToken === undefined ? (StartAfter as string) : decodeToken(ContinuationToken as string);
  const found = grouped(objects, Prefix as string, Delimiter as string | undefined);
  const rest = found.filter(({ name }) => isAfter(name, after));
  const page = rest.slice(0, limit);
  const isTruncated = rest.length > page.length && limit > 0;
  const contents = page.flatMap(({ object }) => (object ? [entryOf(object)] : []));
  const prefixes = page.filter(({ object }) => !object).map(({ name }) => ({ Prefix: name }));
  return {
    ...{ Name: Bucket as string, Prefix, MaxKeys: limit, KeyCount: page.length, IsTruncated: isTruncated },
    ...(Delimiter === undefined ? {} : { Delimiter }),
    ...(contents.length > 0 ? { Contents: contents } : {}),
    ...(prefixes.length > 0 ? { CommonPrefixes: prefixes } : {}),
    ...(ContinuationToken === undefined ? {} : { ContinuationToken }),
    ...(isTruncated ? { NextContinuationToken: encodeToken((page.at(-1) as Found).name) } : {}),
  };
}

/** A key, or what keys have in common up to the delimiter behind the prefix. */
interface Found {
  name: string;
  object?: ListedObject;
}

function grouped(objects: readonly ListedObject[], prefix: string, delimiter: string | undefined): Found[] {
  const found = new Map<string, Found>();
  for (const object of objects) {
    if (!object.key.startsWith(prefix)) continue;
    const end = delimiter ? object.key.indexOf(delimiter, prefix.length) : -1;
    if (end < 0) found.set(object.key, { name: object.key, object });
    else {
      const name = object.key.slice(0, end + (delimiter as string).length);
      found.set(name, { name });
    }
  }
  return [...found.values()].sort((a, b) => (isAfter(a.name, b.name) ? 1 : -1));
}

/** S3 sorts keys by the bytes of their UTF-8. */
function isAfter(key: string, other: string): boolean {
  return Buffer.compare(Buffer.from(key), Buffer.from(other)) > 0;
}

function entryOf({ key, size, etag, modified }: ListedObject): JsonObject {
  return { Key: key, Size: size, ETag: etag, LastModified: modified, StorageClass: "STANDARD" };
}

function encodeToken(key: string): string {
  return Buffer.from(key).toString("base64");
}

function decodeToken(token: string): string {
  return Buffer.from(token, "base64").toString("utf8");
}
