import { settingsOf, type ResourceType } from "../resourceType";

const SETTINGS = [
  "BucketLifecycleConfiguration",
  "BucketNotification",
  "BucketOwnershipControls",
  "BucketPolicy",
  "BucketPublicAccessBlock",
  "BucketServerSideEncryptionConfiguration",
  "BucketVersioning",
];

export const STORAGE: Record<string, ResourceType> = {
  "aws:s3/bucket:Bucket": {
    name: "bucket",
    uniqueIn: "account",
    replacedBy: ["bucket", "bucketPrefix", "objectLockEnabled"],
    outputs: ({ name, region }) => ({ bucketDomainName: `${name}.s3.amazonaws.com`, bucketRegion: region }),
  },
  ...Object.fromEntries(
    SETTINGS.map((name) => [`aws:s3/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`, settingsOf("bucket")]),
  ),
  "aws:dynamodb/table:Table": { name: "name", replacedBy: ["name", "hashKey", "rangeKey"] },
};
