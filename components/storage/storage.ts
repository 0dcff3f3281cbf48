import type * as pulumi from "@pulumi/pulumi";
import { interpolate, output } from "@pulumi/pulumi";

import type { Context } from "../context/context";
import { createBucket } from "./bucket";
import type { StorageSettings } from "./defaults";

/** The pipeline's bucket, made here or existing, and the buckets that it only reads. */
export interface CreatedStorage {
  bucketName: pulumi.Output<string>;
  bucketArn: pulumi.Output<string>;
  inputBucketArns: pulumi.Output<string>[];
  /** False for an existing bucket. */
  isCreated: boolean;
}

export function createStorage(context: Context, settings: StorageSettings | undefined): CreatedStorage | undefined {
  if (!settings) return undefined;
  const { location } = context;
  const bucketArn = (name: pulumi.Input<string>): pulumi.Output<string> =>
    interpolate`arn:${location.partition}:s3:::${name}`;
  const bucketName = output(settings.bucket ?? createBucket(context, settings));
  return {
    bucketName,
    bucketArn: bucketArn(bucketName),
    inputBucketArns: settings.inputBuckets.map(bucketArn),
    isCreated: settings.bucket === undefined,
  };
}
