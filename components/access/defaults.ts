import type * as pulumi from "@pulumi/pulumi";

import type { Encryption } from "./args";
import type { KeyUses } from "./keyPolicy";

export interface EncryptionSettings {
  /** An existing key. */
  kmsKeyArn?: pulumi.Input<string>;
  enableKey: boolean;
  /** What a key that is made has to allow. */
  uses: KeyUses;
}

export function normaliseEncryption(args: Encryption = {}, uses: KeyUses): EncryptionSettings {
  return { kmsKeyArn: args.kmsKeyArn, enableKey: args.enableKey ?? false, uses };
}
