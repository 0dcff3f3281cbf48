import * as s3 from "@pulumi/aws/s3";
import type * as pulumi from "@pulumi/pulumi";
import { interpolate } from "@pulumi/pulumi";

import { onlyTls, policy } from "../access/statements";
import type { Context } from "../context/context";
import { lifecycleRules } from "./bucketLifecycle";
import type { StorageSettings } from "./defaults";

/**
 * Protects the bucket from mistakes. The resources for its settings have the same options, or `pulumi destroy --exclude-protected`
 * would leave it without its policy, and so does the key that is made for it, without which nobody could read it.
 */
export function protection(settings: StorageSettings | undefined): pulumi.CustomResourceOptions {
  // An explicit `false` would override the protection of the component itself.
  return { protect: settings?.protect || undefined, retainOnDelete: settings?.retain || undefined };
}

/** A private, encrypted bucket, and its name. */
export function createBucket(context: Context, settings: StorageSettings): pulumi.Output<string> {
  const { name, tags, parent } = context;
  const opts = { parent, ...protection(settings) };
  const { bucket } = new s3.Bucket(`${name}-bucket`, { forceDestroy: settings.forceDestroy, tags }, opts);
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
  encryptBucket(context, bucket, opts);
  createLifecycle(context, bucket, settings, opts);
  createBucketPolicy(context, bucket, { ...opts, dependsOn: [access] });
  return bucket;
}

function encryptBucket(
  { name, keyArn }: Context,
  bucket: pulumi.Output<string>,
  opts: pulumi.CustomResourceOptions,
): void {
  // S3's own key by default: players read through CloudFront, which can't use the key that KMS keeps for S3. With KMS, the bucket key
  // makes uploads cheaper.
  const applyServerSideEncryptionByDefault =
    keyArn === undefined ? { sseAlgorithm: "AES256" } : { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn };
  new s3.BucketServerSideEncryptionConfiguration(
    `${name}-bucket-encryption`,
    { bucket, rules: [{ applyServerSideEncryptionByDefault, bucketKeyEnabled: true }] },
    opts,
  );
}

function createLifecycle(
  { name }: Context,
  bucket: pulumi.Output<string>,
  settings: StorageSettings,
  opts: pulumi.CustomResourceOptions,
): void {
  const versioningConfiguration = { status: "Enabled" };
  const versioning =
    settings.versionDays === undefined
      ? undefined
      : new s3.BucketVersioning(`${name}-bucket-versioning`, { bucket, versioningConfiguration }, opts);
  new s3.BucketLifecycleConfiguration(
    `${name}-bucket-lifecycle`,
    { bucket, rules: lifecycleRules(settings) },
    // Rules for versions require versioning.
    { ...opts, dependsOn: versioning },
  );
}

/**
 * Refuses calls without TLS and from other accounts, whatever else is allowed. S3 refuses two changes of a bucket's access at the same
 * time, so this one comes after the block of public access.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalisawsservice
 */
function createBucketPolicy(
  { name, location }: Context,
  bucket: pulumi.Output<string>,
  opts: pulumi.CustomResourceOptions,
): void {
  const arn = interpolate`arn:${location.partition}:s3:::${bucket}`;
  const everything = [arn, interpolate`${arn}/*`];
  const onlyThisAccount = {
    Sid: "OnlyThisAccount",
    Effect: "Deny" as const,
    Principal: "*" as const,
    Action: "s3:*",
    Resource: everything,
    Condition: {
      StringNotEquals: { "aws:PrincipalAccount": location.account },
      // Services, such as CloudFront, have no account.
      Bool: { "aws:PrincipalIsAWSService": "false" },
    },
  };
  new s3.BucketPolicy(
    `${name}-bucket-policy`,
    { bucket, policy: policy([onlyTls("s3:*", everything), onlyThisAccount]) },
    opts,
  );
}
