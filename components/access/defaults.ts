import type * as pulumi from "@pulumi/pulumi";

import type { Encryption } from "./args";
import type { KeyUses } from "./keyPolicy";

export interface EncryptionSettings {
  /** An existing key. */
  kmsKeyArn?: pulumi.Input<string>;
  enableKey: boolean;
  /** What the policy of a created key must allow. */
  uses: KeyUses;
}

export function normaliseEncryption(args: Encryption = {}, uses: KeyUses): EncryptionSettings {
  return { kmsKeyArn: args.kmsKeyArn, enableKey: args.enableKey ?? false, uses };
}
