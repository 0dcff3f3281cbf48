import { notAllowed } from "../rules/choices";
import { BUCKET_NAME, badFormIfKnown, badFormsIfKnown } from "../rules/forms";
import { isInRange, outOfRanges } from "../rules/numbers";
import { type Check, when } from "../rules/problem";
import type { Storage } from "./args";
import { executionDays, leastExpirationDays, type TimeLimits } from "./expiration";
import { STORAGE_LIMITS } from "./limits";

export const checkStorage: Check<{ storage?: Storage }> = ({ args: { storage } }) => {
  if (!storage) return [];
  const { bucket, outputPrefix, protect, retainOnDelete, enableVersioning, forceDestroy } = storage;
  // False asks for nothing.
  const ofOwnBucket = {
    protect: protect || undefined,
    retainOnDelete: retainOnDelete || undefined,
    enableVersioning: enableVersioning || undefined,
    forceDestroy: forceDestroy || undefined,
    intermediateExpirationDays: storage.intermediateExpirationDays,
  };
  return [
    ...badFormIfKnown("storage.bucket", bucket, BUCKET_NAME),
    ...badFormsIfKnown("storage.inputBuckets", storage.inputBuckets, BUCKET_NAME),
    ...when(outputPrefix !== undefined && !/^(?!\/)(.{0,511}\/)?$/s.test(outputPrefix), {
      path: "storage.outputPrefix",
      rule: "must be empty, or at most 512 characters that end with a slash and don't begin with one",
      received: outputPrefix,
      remedy: "Keys begin with exactly this text: use a prefix such as output/.",
    }),
    ...outOfRanges("storage", storage, STORAGE_LIMITS),
    ...when(storage.versionExpirationDays !== undefined && enableVersioning !== true, {
      path: "storage.versionExpirationDays",
      rule: "must not be given without storage.enableVersioning",
      received: storage.versionExpirationDays,
      remedy: "Enable versioning, or remove this: without versions nothing expires.",
    }),
    ...when(retainOnDelete === true && forceDestroy === true, {
      path: "storage.forceDestroy",
      rule: "must not be true together with storage.retainOnDelete",
      received: forceDestroy,
      remedy: "Keep the bucket, or have it deleted with everything in it: remove one of them.",
    }),
    ...when(protect === true && forceDestroy === true, {
      path: "storage.forceDestroy",
      rule: "must not be true together with storage.protect",
      received: forceDestroy,
      remedy: "Protect the bucket, or have it deleted with everything in it: remove one of them.",
    }),
    ...(bucket === undefined
      ? []
      : notAllowed("storage", ofOwnBucket, {
          keys: Object.keys(ofOwnBucket) as (keyof typeof ofOwnBucket)[],
          where: "together with storage.bucket",
          remedy: "The pipeline doesn't change an existing bucket: configure this where the bucket is created.",
        })),
  ];
};

/** Packaging would never find what has expired: after a long wait for an approval, or in a redrive. */
export const checkIntermediateExpiration: Check<{ storage?: Storage }, { stateMachine: { workflow: TimeLimits } }> = ({
  args: { storage },
  settings,
}) => {
  const { bucket, intermediateExpirationDays: days } = storage ?? {};
  if (bucket !== undefined || !isInRange(days, STORAGE_LIMITS.intermediateExpirationDays)) return [];
  const { workflow } = settings.stateMachine;
  const [least, longest] = [leastExpirationDays(workflow), executionDays(workflow)];
  const limits = workflow.approval ? "workflow.timeoutSeconds or approval.timeoutSeconds" : "workflow.timeoutSeconds";
  return when((days as number) < least, {
    path: "storage.intermediateExpirationDays",
    rule: `must be at least ${least}`,
    received: days,
    remedy: `An execution may take ${longest} ${longest === 1 ? "day" : "days"}, and a redrive in the 14 days after needs the intermediates: omit this, or lower ${limits}.`,
  });
};
