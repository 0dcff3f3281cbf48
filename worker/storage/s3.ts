import { Readable } from "node:stream";

import type { ListObjectsV2CommandOutput, S3Client } from "@aws-sdk/client-s3";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  paginateListObjectsV2,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";

import { INTERMEDIATE_TAGGING } from "../../contract/outputs";
import { JobError } from "../errors/errors";
import { contentType } from "./contentType";
import { makeS3Client } from "./s3Client";
import { NOTHING, PreconditionFailed } from "./conditionalWrite";
import { explainS3Error, isMissing, isPreconditionFailure } from "./s3Errors";
import { S3Ranges } from "./s3Ranges";
import type { Body, ObjectRange, Storage, StoredObject, WriteOptions } from "./storage";
import { baseName, parseUri } from "./uri";

/** A multipart upload has at most 10,000 parts. Large bodies state their size so that the parts can be made large enough. */
const PART_BYTES = 8 * 1024 * 1024;
const TARGET_PARTS = 9_000;

/** Objects in S3 or in a service that is compatible with it. */
export class S3Storage implements Storage {
  constructor(
    private readonly client: S3Client = makeS3Client(),
    private ranges?: S3Ranges,
  ) {}

  async stat(uri: string): Promise<StoredObject | undefined> {
    const found = await undefinedIfMissing(uri, "s3:GetObject", () =>
      this.client.send(new HeadObjectCommand(address(uri))),
    );
    return found && { bytes: found.ContentLength ?? 0, etag: (found.ETag ?? "").replaceAll('"', "") };
  }

  async readText(uri: string): Promise<string | undefined> {
    return undefinedIfMissing(uri, "s3:GetObject", async () => {
      const { Body: body } = await this.client.send(new GetObjectCommand(address(uri)));
      return (await body?.transformToString("utf8")) ?? "";
    });
  }

  async openRead(uri: string): Promise<Readable> {
    const found = await undefinedIfMissing(uri, "s3:GetObject", () =>
      this.client.send(new GetObjectCommand(address(uri))),
    );
    if (!found) throw new JobError(`${uri} doesn't exist.`);
    return found.Body as Readable;
  }

  readRange(uri: string, range: ObjectRange, signal?: AbortSignal): Promise<Buffer> {
    return (this.ranges ??= new S3Ranges()).read(uri, range, signal);
  }

  /** S3 shows an object only when it is complete. A failed upload is aborted and leaves nothing. */
  async write(uri: string, body: Body, options: WriteOptions = {}): Promise<number> {
    const { intermediate = false, bytes = 0, replaces } = options;
    const target = {
      ...address(uri),
      ...conditionOn(replaces),
      ContentType: contentType(baseName(uri)),
      ...(intermediate ? { Tagging: INTERMEDIATE_TAGGING } : {}),
    };
    const permissions = intermediate ? "s3:PutObject and s3:PutObjectTagging" : "s3:PutObject";
    if (typeof body === "string" || Buffer.isBuffer(body)) {
      const content = Buffer.from(body);
      await detectConflict(uri, permissions, () =>
        this.client.send(new PutObjectCommand({ ...target, Body: content })),
      );
      return content.length;
    }
    const counted = new CountedBytes(body);
    const partSize = Math.max(PART_BYTES, Math.ceil(bytes / TARGET_PARTS));
    const params = { ...target, Body: Readable.from(counted.pieces(), { objectMode: false }) };
    await detectConflict(uri, permissions, () =>
      new Upload({ client: this.client, params, partSize, queueSize: 3 }).done(),
    );
    return counted.bytes;
  }

  async remove(uri: string, etag?: string): Promise<void> {
    const condition = etag === undefined ? {} : conditionOn(etag);
    try {
      await detectConflict(uri, "s3:DeleteObject", () =>
        this.client.send(new DeleteObjectCommand({ ...address(uri), ...condition })),
      );
    } catch (error) {
      if (!(error instanceof PreconditionFailed)) throw error;
    }
  }

  async list(uri: string): Promise<Map<string, number>> {
    const { length } = address(uri).Key;
    const objects = (await this.pages(uri)).flatMap(({ Contents = [] }) => Contents);
    return new Map(objects.map(({ Key = "", Size = 0 }) => [Key.slice(length), Size]));
  }

  async folders(uri: string): Promise<string[]> {
    const { length } = address(uri).Key;
    const prefixes = (await this.pages(uri)).flatMap(({ CommonPrefixes = [] }) => CommonPrefixes);
    return prefixes.map(({ Prefix = "" }) => Prefix.slice(length, -1));
  }

  private async pages(uri: string): Promise<ListObjectsV2CommandOutput[]> {
    const { Bucket, Key: Prefix } = address(uri);
    return withExplanation(uri, "s3:ListBucket", async () => {
      const pages: ListObjectsV2CommandOutput[] = [];
      for await (const page of paginateListObjectsV2({ client: this.client }, { Bucket, Prefix, Delimiter: "/" })) {
        pages.push(page);
      }
      return pages;
    });
  }
}

class CountedBytes {
  bytes = 0;

  constructor(private readonly source: AsyncIterable<Buffer>) {}

  async *pieces(): AsyncGenerator<Buffer> {
    for await (const piece of this.source) {
      this.bytes += piece.length;
      yield piece;
    }
  }
}

function address(uri: string): { Bucket: string; Key: string } {
  const { bucket, key } = parseUri(uri);
  return { Bucket: bucket, Key: key };
}

/** S3 compares and replaces atomically (https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html). */
function conditionOn(etag: string | undefined): { IfMatch?: string; IfNoneMatch?: string } {
  if (etag === undefined) return {};
  return etag === NOTHING ? { IfNoneMatch: "*" } : { IfMatch: `"${etag}"` };
}

async function detectConflict<T>(uri: string, permissions: string, operation: () => Promise<T>): Promise<T> {
  return withExplanation(uri, permissions, async () => {
    try {
      return await operation();
    } catch (error) {
      throw isPreconditionFailure(error) ? new PreconditionFailed(uri) : error;
    }
  });
}

async function withExplanation<T>(uri: string, permissions: string, operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    throw explainS3Error(error, uri, permissions);
  }
}

async function undefinedIfMissing<T>(
  uri: string,
  permissions: string,
  operation: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await operation();
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw explainS3Error(error, uri, permissions);
  }
}
