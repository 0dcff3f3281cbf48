import * as s3 from "@pulumi/aws/s3";
import type * as pulumi from "@pulumi/pulumi";
import { interpolate, output } from "@pulumi/pulumi";

import type { Pipeline, Storage } from "./pipeline";

/** The bucket of the pipeline, made here or not, and those that it only reads. */
export interface CreatedStorage {
  bucketName: pulumi.Output<string>;
  bucketArn: pulumi.Output<string>;
  inputBucketArns: pulumi.Output<string>[];
  /** False for a bucket that was there before. */
  made: boolean;
}

/** The worker tags what it needs only on the way, so that this rule finds it wherever the output goes. */
const INTERMEDIATE = { key: "video-batch-pipeline", value: "intermediate" };

export function createStorage(
  pipeline: Pipeline,
  partition: pulumi.Output<string>,
  parent: pulumi.Resource,
): CreatedStorage | undefined {
  const { storage } = pipeline;
  if (!storage) return undefined;
  const bucketName = storage.bucket === undefined ? createBucket(pipeline, storage, partition, parent) : storage.bucket;
  const arnOf = (name: pulumi.Input<string>): pulumi.Output<string> => interpolate`arn:${partition}:s3:::${name}`;
  return {
    bucketName: output(bucketName),
    bucketArn: arnOf(bucketName),
    inputBucketArns: storage.inputBuckets.map(arnOf),
    made: storage.bucket === undefined,
  };
}

function createBucket(
  { name, tags, keyArn }: Pipeline,
  { protect, forceDestroy, intermediateExpirationDays }: Storage,
  partition: pulumi.Output<string>,
  parent: pulumi.Resource,
): pulumi.Output<string> {
  const made = new s3.Bucket(
    `${name}-bucket`,
    { forceDestroy, tags },
    {
      parent,
      // An explicit `false` would override the protection of the component itself.
      protect: protect || undefined,
    },
  );
  const bucket = made.bucket;
  const access = new s3.BucketPublicAccessBlock(
    `${name}-bucket-public-access`,
    { bucket, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
    { parent },
  );
  new s3.BucketOwnershipControls(
    `${name}-bucket-ownership`,
    { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
    { parent },
  );
  new s3.BucketServerSideEncryptionConfiguration(
    `${name}-bucket-encryption`,
    {
      bucket,
      // By default S3's own key: players read through CloudFront, which can't use the one that KMS keeps for S3. The bucket key
      // makes uploads with KMS cheaper.
      rules: [
        {
          applyServerSideEncryptionByDefault:
            keyArn === undefined ? { sseAlgorithm: "AES256" } : { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn },
          bucketKeyEnabled: true,
        },
      ],
    },
    { parent },
  );
  new s3.BucketLifecycleConfiguration(
    `${name}-bucket-lifecycle`,
    {
      bucket,
      rules: [
        {
          id: "expire-intermediates",
          status: "Enabled",
          filter: { tag: INTERMEDIATE },
          expiration: { days: intermediateExpirationDays },
        },
        {
          // S3 refuses this action in a rule that selects by tag.
          id: "abort-incomplete-uploads",
          status: "Enabled",
          filter: { prefix: "" },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
        },
      ],
    },
    { parent },
  );
  new s3.BucketPolicy(
    `${name}-bucket-policy`,
    {
      bucket,
      policy: {
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "OnlyTls",
            Effect: "Deny",
            Principal: "*",
            Action: "s3:*",
            Resource: [interpolate`arn:${partition}:s3:::${bucket}`, interpolate`arn:${partition}:s3:::${bucket}/*`],
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
        ],
      },
    },
    // S3 refuses two changes of a bucket's access at the same time.
    { parent, dependsOn: [access] },
  );
  return bucket;
}
