import { createHash } from "node:crypto";
import { cp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";

import type { S3Client } from "@aws-sdk/client-s3";
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from "@aws-sdk/client-s3";

import { makeS3Client } from "../../../worker/storage/s3Client";
import { digests } from "../digests";

/** The digests of an output's files by their names. */
export type State = Record<string, string>;

/** Where outputs are, each with a name. */
export interface Place {
  uri(name: string): string;
  state(name: string): Promise<State>;
  read(name: string, file: string): Promise<string>;
  copy(from: string, to: string): Promise<void>;
  remove(name: string): Promise<void>;
}

export class Folders implements Place {
  constructor(private readonly directory: string) {}

  uri(name: string): string {
    return `file://${join(this.directory, name)}`;
  }

  /** What a killed job had begun to write stands under names that nobody reads, until packaging removes it. */
  async state(name: string): Promise<State> {
    const files = await digests({ path: (file) => join(this.directory, name, file) });
    return Object.fromEntries(Object.entries(files).filter(([file]) => !file.endsWith(".partial")));
  }

  read(name: string, file: string): Promise<string> {
    return readFile(join(this.directory, name, file), "utf8");
  }

  copy(from: string, to: string): Promise<void> {
    return cp(join(this.directory, from), join(this.directory, to), { recursive: true });
  }

  remove(name: string): Promise<void> {
    return rm(join(this.directory, name), { recursive: true, force: true });
  }
}

const BUCKET = "kills";

/** An S3 server on loopback. Jobs find it through the environment. */
export class Bucket implements Place {
  private constructor(
    private readonly client: S3Client,
    readonly stop: () => Promise<void>,
  ) {}

  static async start(): Promise<Bucket> {
    const { startFauxqs } = await import("fauxqs");
    const server = await startFauxqs({ port: 0, logger: false, host: "127.0.0.1", init: { buckets: [BUCKET] } });
    Object.assign(process.env, {
      AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${server.port}`,
      ...{ AWS_ACCESS_KEY_ID: "key", AWS_SECRET_ACCESS_KEY: "secret", AWS_REGION: "eu-west-1" },
    });
    return new Bucket(makeS3Client(), () => server.stop());
  }

  async put(name: string, file: string): Promise<string> {
    await this.client.send(new PutObjectCommand({ Bucket: BUCKET, Key: name, Body: await readFile(file) }));
    return this.uri(name);
  }

  uri(name: string): string {
    return `s3://${BUCKET}/${name}`;
  }

  async state(name: string): Promise<State> {
    const contents = (await this.keys(name)).map(async (key) => {
      const { Body } = await this.client.send(new GetObjectCommand({ Bucket: BUCKET, Key: key }));
      const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
      return [key.slice(name.length + 1), createHash("sha256").update(bytes).digest("hex")];
    });
    return Object.fromEntries(await Promise.all(contents)) as State;
  }

  async read(name: string, file: string): Promise<string> {
    const { Body } = await this.client.send(new GetObjectCommand({ Bucket: BUCKET, Key: `${name}/${file}` }));
    return (await Body?.transformToString()) ?? "";
  }

  async copy(from: string, to: string): Promise<void> {
    for (const key of await this.keys(from)) {
      const CopySource = encodeURIComponent(`${BUCKET}/${key}`);
      await this.client.send(new CopyObjectCommand({ Bucket: BUCKET, CopySource, Key: to + key.slice(from.length) }));
    }
  }

  async remove(name: string): Promise<void> {
    for (const Key of await this.keys(name)) await this.client.send(new DeleteObjectCommand({ Bucket: BUCKET, Key }));
  }

  private async keys(name: string): Promise<string[]> {
    const { Contents = [] } = await this.client.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix: `${name}/` }));
    return Contents.map(({ Key = "" }) => Key);
  }
}
