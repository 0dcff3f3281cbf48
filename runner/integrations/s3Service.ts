import type * as Sdk from "@aws-sdk/client-s3";

import type { Json, JsonObject } from "../../contract/asl";
import { reachBuckets, s3Settings } from "../../contract/s3";
import { StatesError } from "../stateMachine/errors";
import { refuseLarge } from "./resultSize";

export function read(Bucket: string, Key: string): Promise<Json> {
  return withClient(`s3://${Bucket}/${Key}`, async (sdk, client) => {
    const {
      Body,
      ContentLength = 0,
      ETag = "",
      LastModified,
    } = await client.send(new sdk.GetObjectCommand({ Bucket, Key }));
    refuseLarge(`The object s3://${Bucket}/${Key}`, ContentLength);
    return {
      AcceptRanges: "bytes",
      Body: (await Body?.transformToString("utf8")) ?? "",
      ...{ ContentLength, ETag, Metadata: {} },
      ...(LastModified ? { LastModified: LastModified.toISOString() } : {}),
    };
  });
}

export function head(Bucket: string, Key: string): Promise<Json> {
  return withClient(`s3://${Bucket}/${Key}`, async (sdk, client) => {
    const found = await client.send(new sdk.HeadObjectCommand({ Bucket, Key }));
    const { ContentLength = 0, ETag = "", LastModified, Metadata = {} } = found;
    return {
      AcceptRanges: "bytes",
      ...{ ContentLength, ETag, Metadata },
      ...(LastModified ? { LastModified: LastModified.toISOString() } : {}),
    };
  });
}

export function list(args: JsonObject): Promise<JsonObject> {
  const { Bucket, Prefix = "" } = args as { Bucket: string; Prefix?: string };
  return withClient(`s3://${Bucket}/${Prefix}`, async (sdk, client) => {
    const input = args as unknown as Sdk.ListObjectsV2CommandInput;
    const page = await client.send(new sdk.ListObjectsV2Command(input));
    // Times become text, and what is undefined goes, as does what only the SDK adds.
    return JSON.parse(JSON.stringify({ ...page, $metadata: undefined })) as JsonObject;
  });
}

/** Calls S3 with the account, region and endpoint of the environment. */
async function withClient<T extends Json>(
  what: string,
  act: (sdk: typeof Sdk, client: Sdk.S3Client) => Promise<T>,
): Promise<T> {
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  const sdk = await import("@aws-sdk/client-s3");
  const open = (region?: string): Sdk.S3Client =>
    new sdk.S3Client({ ...s3Settings(process.env), ...(region === undefined ? {} : { region }) });
  const client = reachBuckets(open(), open);
  try {
    return await act(sdk, client);
  } catch (error) {
    if (error instanceof StatesError) throw error;
    const { name, message } = error as Error;
    if (!(error instanceof sdk.S3ServiceException)) throw new StatesError("S3.SdkClientException", message);
    const modelled = MODELLED[name];
    throw new StatesError(modelled ?? "S3.S3Exception", `${message} (${what})`);
  } finally {
    client.destroy();
  }
}

/** How Step Functions calls the errors that the service's model has. An answer to HeadObject has no body, and so no name of its own. */
const MODELLED: Record<string, string | undefined> = {
  NoSuchKey: "S3.NoSuchKeyException",
  NotFound: "S3.NoSuchKeyException",
  NoSuchBucket: "S3.NoSuchBucketException",
};
