import type * as Sdk from "@aws-sdk/client-s3";

import type { Json } from "../../contract/asl";
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

/** Calls S3 with the account, region and endpoint of the environment. */
async function withClient(what: string, act: (sdk: typeof Sdk, client: Sdk.S3Client) => Promise<Json>): Promise<Json> {
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
    const modelled = name === "NoSuchKey" || name === "NoSuchBucket";
    throw new StatesError(modelled ? `S3.${name}Exception` : "S3.S3Exception", `${message} (${what})`);
  } finally {
    client.destroy();
  }
}
