import type * as types from "@pulumi/aws/types";

import { INTERMEDIATE } from "../../contract/outputs";
import type { StorageSettings } from "./defaults";

type Rule = types.input.s3.BucketLifecycleConfigurationRule;

/** What S3 deletes by itself: never videos or outputs. */
export function lifecycleRules({ intermediateExpirationDays, versionDays }: StorageSettings): Rule[] {
  return [
    {
      id: "expire-intermediates",
      status: "Enabled",
      filter: { tag: INTERMEDIATE },
      expiration: { days: intermediateExpirationDays },
      // Nobody needs former versions of these.
      ...(versionDays === undefined ? {} : { noncurrentVersionExpiration: { noncurrentDays: 1 } }),
    },
    {
      // S3 refuses this action in a rule that selects by tag.
      id: "abort-incomplete-uploads",
      status: "Enabled",
      filter: { prefix: "" },
      abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
    },
    ...(versionDays === undefined
      ? []
      : [
          {
            id: "expire-versions",
            status: "Enabled",
            filter: { prefix: "" },
            noncurrentVersionExpiration: { noncurrentDays: versionDays },
            // When all versions of a deleted object are gone, its delete marker would stay forever.
            expiration: { expiredObjectDeleteMarker: true },
          },
        ]),
  ];
}
