import { ListObjectsV2Command, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";

import { makeS3Client } from "../../worker/storage/s3Client";
import { startStrictS3 } from "../support/strictS3";

export const BUCKET = "videos";

/** S3 on loopback for the tests of a suite, and for the jobs that they start. */
export interface LoopbackS3 {
  client: S3Client;
  put: (key: string, body: string | Buffer) => Promise<void>;
  /** The keys that begin with a prefix, without it. */
  list: (prefix: string) => Promise<string[]>;
}

/** Starts it before the suite's tests, sets the environment for clients and jobs, and undoes both afterwards. */
export function useLoopbackS3(): LoopbackS3 {
  const earlier = { ...process.env };
  let stop: () => Promise<void>;
  const s3: Partial<LoopbackS3> = {
    put: async (Key, Body) => void (await s3.client!.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body }))),
    list: async (Prefix) => {
      const { Contents = [] } = await s3.client!.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix }));
      return Contents.map(({ Key = "" }) => Key.slice(Prefix.length));
    },
  };
  before(async () => {
    const server = await startStrictS3({ [BUCKET]: "eu-west-1" });
    Object.assign(process.env, {
      ...{ AWS_ENDPOINT_URL_S3: server.endpoint, AWS_REGION: "eu-west-1" },
      ...{ AWS_ACCESS_KEY_ID: "key", AWS_SECRET_ACCESS_KEY: "secret" },
    });
    s3.client = makeS3Client();
    stop = server.stop;
  });
  after(async () => {
    s3.client?.destroy();
    await stop();
    for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) delete process.env[name];
    Object.assign(process.env, earlier);
  });
  return s3 as LoopbackS3;
}
