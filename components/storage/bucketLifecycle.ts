import type * as types from "@pulumi/aws/types";

import { INTERMEDIATE } from "../../contract/outputs";
import type { Storage } from "../settings";

type Rule = types.input.s3.BucketLifecycleConfigurationRule;

/** What expires by itself. Videos and outputs never do. */
export function lifecycleRules({ intermediateExpirationDays, versionDays }: Storage): Rule[] {
  return [
    {
      id: "expire-intermediates",
      status: "Enabled",
      filter: { tag: INTERMEDIATE },
      expiration: { days: intermediateExpirationDays },
      // Of these, nobody wants former versions.
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
            // Of a deleted object whose versions are gone, a marker would stay for ever.
            expiration: { expiredObjectDeleteMarker: true },
          },
        ]),
  ];
}
