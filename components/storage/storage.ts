import * as s3 from "@pulumi/aws/s3";
import type * as pulumi from "@pulumi/pulumi";
import { interpolate, output } from "@pulumi/pulumi";

import type { AwsLocation } from "../workflow/asl/statements";
import { onlyTls } from "../access/onlyTls";
import { lifecycleRules } from "./bucketLifecycle";
import type { Pipeline, Storage } from "../settings";

/** The bucket of the pipeline, made here or not, and those that it only reads. */
export interface CreatedStorage {
  bucketName: pulumi.Output<string>;
  bucketArn: pulumi.Output<string>;
  inputBucketArns: pulumi.Output<string>[];
  /** False for a bucket that was there before. */
  made: boolean;
}

export function createStorage(
  pipeline: Pipeline,
  place: pulumi.Output<AwsLocation>,
  parent: pulumi.Resource,
): CreatedStorage | undefined {
  const { storage } = pipeline;
  if (!storage) return undefined;
  const bucketName = storage.bucket === undefined ? createBucket(pipeline, storage, place, parent) : storage.bucket;
  const arnOf = (name: pulumi.Input<string>): pulumi.Output<string> => interpolate`arn:${place.partition}:s3:::${name}`;
  return {
    bucketName: output(bucketName),
    bucketArn: arnOf(bucketName),
    inputBucketArns: storage.inputBuckets.map(arnOf),
    made: storage.bucket === undefined,
  };
}

/**
 * How the bucket outlives mistakes. The same for its settings, or `pulumi destroy --exclude-protected` would leave it without
 * its policy; and for the key that is made for it, without which nobody could read it.
 */
export function keptOptions({ storage }: Pipeline): pulumi.CustomResourceOptions {
  // An explicit `false` would override the protection of the component itself.
  return { protect: storage?.protect || undefined, retainOnDelete: storage?.retain || undefined };
}

function createBucket(
  pipeline: Pipeline,
  storage: Storage,
  place: pulumi.Output<AwsLocation>,
  parent: pulumi.Resource,
): pulumi.Output<string> {
  const { name, tags, keyArn } = pipeline;
  const opts = { parent, ...keptOptions(pipeline) };
  const { bucket } = new s3.Bucket(`${name}-bucket`, { forceDestroy: storage.forceDestroy, tags }, opts);
  const access = new s3.BucketPublicAccessBlock(
    `${name}-bucket-public-access`,
    { bucket, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
    opts,
  );
  new s3.BucketOwnershipControls(
    `${name}-bucket-ownership`,
    { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
    opts,
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
    opts,
  );
  const versions =
    storage.versionDays === undefined
      ? []
      : [
          new s3.BucketVersioning(
            `${name}-bucket-versioning`,
            { bucket, versioningConfiguration: { status: "Enabled" } },
            opts,
          ),
        ];
  new s3.BucketLifecycleConfiguration(
    `${name}-bucket-lifecycle`,
    { bucket, rules: lifecycleRules(storage) },
    // Rules for versions want them on.
    { ...opts, dependsOn: versions },
  );
  createBucketPolicy(name, bucket, place, { ...opts, dependsOn: [access] });
  return bucket;
}

/**
 * Nobody without TLS, and no other account, whatever is allowed besides. S3 refuses two changes of a bucket's access at the same
 * time: this one comes after the block of public access.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalisawsservice
 */
function createBucketPolicy(
  name: string,
  bucket: pulumi.Output<string>,
  place: pulumi.Output<AwsLocation>,
  opts: pulumi.CustomResourceOptions,
): void {
  const arn = interpolate`arn:${place.partition}:s3:::${bucket}`;
  const everything = [arn, interpolate`${arn}/*`];
  new s3.BucketPolicy(
    `${name}-bucket-policy`,
    {
      bucket,
      policy: {
        Version: "2012-10-17",
        Statement: [
          onlyTls("s3:*", everything),
          {
            Sid: "OnlyThisAccount",
            Effect: "Deny",
            Principal: "*",
            Action: "s3:*",
            Resource: everything,
            Condition: {
              StringNotEquals: { "aws:PrincipalAccount": place.account },
              // Services, such as CloudFront, have no account.
              Bool: { "aws:PrincipalIsAWSService": "false" },
            },
          },
        ],
      },
    },
    opts,
  );
}
