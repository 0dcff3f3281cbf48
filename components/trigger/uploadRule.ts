import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";

import type { Context } from "../context/context";
import type { CreatedStorage } from "../storage/storage";
import type { UploadSettings } from "./defaults";
import type { StartingRule } from "./startOnEvents";
import { uploadPattern } from "./uploadPattern";

/** The rule for uploads, and the notifications of a bucket that the pipeline creates. */
export function createUploadRule(
  { name, tags, parent }: Context,
  uploads: UploadSettings,
  storage: CreatedStorage | undefined,
): StartingRule {
  const own = storage?.bucketName;
  const buckets = uploads.buckets ?? (own ? [own] : []);
  const eventPattern = pulumi
    .all([pulumi.all(buckets), pulumi.output(own)])
    .apply(([names, ownName]) => JSON.stringify(uploadPattern(uploads, names, ownName)));
  if (storage?.isCreated) {
    // This resource writes a bucket's whole notification configuration, so existing buckets don't get it.
    new s3.BucketNotification(
      `${name}-bucket-notification`,
      { bucket: storage.bucketName, eventbridge: true },
      { parent },
    );
  }
  const rule = new cloudwatch.EventRule(
    `${name}-uploads`,
    { description: `Uploaded videos start the pipeline ${name}`, eventPattern, tags },
    { parent },
  );
  return { suffix: "uploads", rule };
}
