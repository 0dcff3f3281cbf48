import type * as pulumi from "@pulumi/pulumi";

import type { Storage } from "./args";
import { STORAGE_LIMITS } from "./limits";

export interface StorageSettings {
  /** An existing bucket. Otherwise one is made. */
  bucket?: pulumi.Input<string>;
  inputBuckets: pulumi.Input<string>[];
  intermediateExpirationDays: number;
  protect: boolean;
  retain: boolean;
  forceDestroy: boolean;
  /** Days that former versions of objects are kept. Absent without versioning. */
  versionDays?: number;
}

/**
 * Nothing when no job reads or writes videos, unless the argument is given.
 *
 * @param leastDays Days that intermediates have to be kept.
 */
export function normaliseStorage(
  args: Storage | undefined,
  used: boolean,
  leastDays: () => number,
): StorageSettings | undefined {
  if (!used && !args) return undefined;
  const { bucket, inputBuckets = [], intermediateExpirationDays = leastDays() } = args ?? {};
  const { protect = false, retainOnDelete: retain = false, forceDestroy = false } = args ?? {};
  const { enableVersioning = false, versionExpirationDays = STORAGE_LIMITS.versionExpirationDays.default } = args ?? {};
  return {
    ...{ bucket, inputBuckets, intermediateExpirationDays, protect, retain, forceDestroy },
    ...(enableVersioning ? { versionDays: versionExpirationDays } : {}),
  };
}
