import * as kms from "@pulumi/aws/kms";
import type * as pulumi from "@pulumi/pulumi";

import type { AwsLocation } from "../../contract/arn";
import type { ContextWithoutKey } from "../context/context";
import type { EncryptionSettings } from "./defaults";
import { accountStatement, type KeyStatement, serviceStatements } from "./keyPolicy";

/** The key that encrypts everything: an existing key, a created one, or none if AWS's own keys do it. */
export function createKey(
  context: ContextWithoutKey,
  { kmsKeyArn, enableKey, uses }: EncryptionSettings,
  opts: pulumi.CustomResourceOptions,
): pulumi.Input<string> | undefined {
  if (!enableKey) return kmsKeyArn;
  const statements = (location: AwsLocation): KeyStatement[] => serviceStatements(location, uses);
  return createKmsKey(context, { suffix: "key", encrypts: "everything", statements }, opts).arn;
}

export interface KmsKey {
  suffix: string;
  encrypts: string;
  /** The statements of the key's policy, besides the account's own. */
  statements: (location: AwsLocation) => KeyStatement[];
}

export function createKmsKey(
  { name, tags, location, parent }: ContextWithoutKey,
  { suffix, encrypts, statements }: KmsKey,
  opts: pulumi.CustomResourceOptions = {},
): kms.Key {
  const policy = location.apply((known) =>
    JSON.stringify({ Version: "2012-10-17", Statement: [accountStatement(known), ...statements(known)] }),
  );
  return new kms.Key(
    `${name}-${suffix}`,
    {
      description: `Encrypts ${encrypts} of the video batch pipeline ${name}`,
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      policy,
      tags,
    },
    { parent, ...opts },
  );
}
