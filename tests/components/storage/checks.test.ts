import { type Refusal, refuses } from "../refusals";

const CASES: Refusal[] = [
  [{ storage: { retainOnDelete: true, enableVersioning: true, versionExpirationDays: 3650 } }, []],
  [
    { storage: { retainOnDelete: true, forceDestroy: true, versionExpirationDays: 0 } },
    [
      "storage.versionExpirationDays must be a whole number from 1 to 3,650. Received 0. Overwritten and deleted objects can be restored for that long. The default is 30.",
      "storage.versionExpirationDays must not be given without storage.enableVersioning. Received 0. Enable versioning, or remove this: without versions nothing expires.",
      "storage.forceDestroy must not be true together with storage.retainOnDelete. Received true. Keep the bucket, or have it deleted with everything in it: remove one of them.",
    ],
  ],
  [
    { storage: { bucket: "ours", retainOnDelete: true, enableVersioning: true } },
    [
      "storage.retainOnDelete must not be given together with storage.bucket. Received true. The pipeline doesn't change an existing bucket: configure this where the bucket is created.",
      "storage.enableVersioning must not be given together with storage.bucket. Received true. The pipeline doesn't change an existing bucket: configure this where the bucket is created.",
    ],
  ],
  ...["output", "/output/", "/"].map((outputPrefix): Refusal => [
    { storage: { outputPrefix } },
    [
      `storage.outputPrefix must be empty, or at most 512 characters that end with a slash and don't begin with one. Received "${outputPrefix}". Keys begin with exactly this text: use a prefix such as output/.`,
    ],
  ]),
  [
    { storage: { protect: true, forceDestroy: true } },
    [
      "storage.forceDestroy must not be true together with storage.protect. Received true. Protect the bucket, or have it deleted with everything in it: remove one of them.",
    ],
  ],
  [
    { storage: { bucket: "ours", protect: true, forceDestroy: false, intermediateExpirationDays: 30 } },
    [
      "storage.protect must not be given together with storage.bucket. Received true. The pipeline doesn't change an existing bucket: configure this where the bucket is created.",
      "storage.intermediateExpirationDays must not be given together with storage.bucket. Received 30. The pipeline doesn't change an existing bucket: configure this where the bucket is created.",
    ],
  ],
  [
    { storage: { intermediateExpirationDays: 15 } },
    [
      "storage.intermediateExpirationDays must be a whole number from 16 to 3,650. Received 15. Omit it to keep intermediates as long as their execution can be redriven.",
    ],
  ],
  [{ storage: { intermediateExpirationDays: 16 } }, []],
  [{ storage: { intermediateExpirationDays: 17 }, approval: {} }, []],
  [
    { storage: { intermediateExpirationDays: 16 }, approval: {} },
    [
      "storage.intermediateExpirationDays must be at least 17. Received 16. An execution may take 2 days, and a redrive in the 14 days after needs the intermediates: omit this, or lower workflow.timeoutSeconds or approval.timeoutSeconds.",
    ],
  ],
  [
    { storage: { intermediateExpirationDays: 24 }, workflow: { timeoutSeconds: 864_000 } },
    [
      "storage.intermediateExpirationDays must be at least 26. Received 24. An execution may take 11 days, and a redrive in the 14 days after needs the intermediates: omit this, or lower workflow.timeoutSeconds.",
    ],
  ],
  ...[
    ...["s3://ours", "ours/videos", "My_Bucket", "", "ab", "a".repeat(64), "-ours", "ours.", "our..s", "192.168.5.4"],
    ...["xn--ours", "sthree-ours", "amzn-s3-demo-bucket", "ours-s3alias", "ours--ol-s3", "ours.mrap", "ours--x-s3"],
    ...["arn:aws:s3:::ours", "ours\n"],
  ].map((bucket): Refusal => [
    { storage: { bucket } },
    [
      `storage.bucket must be a bucket name that S3 allows: 3 to 63 lower-case letters, digits, dots or hyphens. Received ${JSON.stringify(bucket)}. Use only the name, for example my-videos, without s3:// and without a key.`,
    ],
  ]),
  ...["our.videos", "a-1", "123", "a".repeat(63), "ours-123456789012-eu-west-1-an"].map((bucket): Refusal => [
    { storage: { bucket } },
    [],
  ]),
  [
    { storage: { inputBuckets: ["masters", "s3://masters/"] } },
    [
      'storage.inputBuckets[1] must be a bucket name that S3 allows: 3 to 63 lower-case letters, digits, dots or hyphens. Received "s3://masters/". Use only the name, for example my-videos, without s3:// and without a key.',
    ],
  ],
];

describe("the checks of storage", () => refuses(CASES));
