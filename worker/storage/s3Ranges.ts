import type { Readable } from "node:stream";
import { setTimeout } from "node:timers/promises";

import type { S3Client, S3ClientConfig } from "@aws-sdk/client-s3";
import { GetObjectCommand } from "@aws-sdk/client-s3";

import { JobError } from "../errors/errors";
import { makeS3Client } from "./s3Client";
import { explainS3Error, isMissing, isPreconditionFailure } from "./s3Errors";
import { goneError, replacedError } from "./sourceErrors";
import type { ObjectRange } from "./storage";
import { parseUri } from "./uri";

/** Milliseconds before a body that broke off is asked for again, doubling up to the longest. */
const PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 20_000;

/** Milliseconds without a byte after which a connection counts as dead. */
const STALL_MS = 20_000;

const OPTIONS: S3ClientConfig = {
  // About a minute of throttling. Whoever waits for a range has nothing else to do.
  maxAttempts: 10,
  requestHandler: {
    ...{ connectionTimeout: STALL_MS, requestTimeout: STALL_MS, socketTimeout: STALL_MS },
    throwOnRequestTimeout: true,
  },
  // For a range that is exactly one part of a multipart upload, S3 may send a checksum of checksums, which no content has
  // (https://github.com/boto/botocore/issues/3346).
  responseChecksumValidation: "WHEN_REQUIRED",
};

/** A client for ranges, with options for tests. */
export function makeRangeClient(environment = process.env, options: S3ClientConfig = {}): S3Client {
  return makeS3Client(environment, { ...OPTIONS, ...options });
}

/** Reads ranges of objects completely. */
export class S3Ranges {
  constructor(
    private readonly client: S3Client = makeRangeClient(),
    private readonly pauseMs = PAUSE_MS,
  ) {}

  async read(uri: string, range: ObjectRange, signal?: AbortSignal): Promise<Buffer> {
    // The SDK repeats only what fails before a body begins.
    const attempts = await this.client.config.maxAttempts();
    for (let attempt = 1; ; attempt++) {
      const content = await collect(await this.open(uri, range, signal), range.length);
      if (content) return content;
      if (attempt === attempts) throw brokenOffError(uri, range, attempts);
      const pause = Math.min(this.pauseMs * 2 ** (attempt - 1), LONGEST_PAUSE_MS) * (0.5 + Math.random() / 2);
      await setTimeout(pause, undefined, { signal });
    }
  }

  private async open(uri: string, { etag, start, length }: ObjectRange, signal?: AbortSignal): Promise<Readable> {
    const { bucket: Bucket, key: Key } = parseUri(uri);
    const command = { Bucket, Key, IfMatch: `"${etag}"`, Range: `bytes=${start}-${start + length - 1}` };
    try {
      const { Body } = await this.client.send(new GetObjectCommand(command), { abortSignal: signal });
      return Body as Readable;
    } catch (error) {
      if (isMissing(error)) throw goneError(uri);
      if (isPreconditionFailure(error)) throw replacedError(uri);
      throw explainS3Error(error, uri, "s3:GetObject");
    }
  }
}

/** Returns undefined if the body breaks off, or isn't what was asked for. */
async function collect(body: Readable, length: number): Promise<Buffer | undefined> {
  const content = Buffer.allocUnsafeSlow(length);
  let at = 0;
  try {
    for await (const piece of body as AsyncIterable<Buffer>) {
      if (at + piece.length > length) return undefined;
      at += piece.copy(content, at);
    }
    // eslint-disable-next-line no-restricted-syntax -- the caller asks again, and says so if that was the last time
  } catch {
    return undefined;
  }
  return at === length ? content : undefined;
}

function brokenOffError(uri: string, { start, length }: ObjectRange, attempts: number): JobError {
  const range = `bytes ${start} to ${start + length - 1} of ${uri}`;
  return new JobError(`S3 closed the connection in the middle of ${range}, ${attempts} times in a row.`);
}
