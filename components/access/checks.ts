import { badFormIfKnown, KEY_ARN } from "../rules/forms";
import { type Check, when } from "../rules/problem";
import type { EncryptionArgs, RolesArgs } from "./args";

export const checkEncryption: Check<{ encryption?: EncryptionArgs }> = ({ args: { encryption } }) => {
  const { kmsKeyArn, enableKey } = encryption ?? {};
  return [
    ...when(kmsKeyArn !== undefined && enableKey === true, {
      path: "encryption.enableKey",
      rule: "must not be true together with encryption.kmsKeyArn",
      received: enableKey,
      remedy: "Keep your key, or let one be made.",
    }),
    ...badFormIfKnown("encryption.kmsKeyArn", kmsKeyArn, KEY_ARN),
  ];
};

const EXAMPLES = {
  stateMachineRoleArn: "role/state-machines",
  jobRoleArn: "role/jobs",
  executionRoleArn: "role/starts-jobs",
  instanceProfileArn: "instance-profile/instances",
  permissionsBoundaryArn: "policy/boundary",
} as const;

export const checkRoles: Check<{ roles?: RolesArgs }> = ({ args: { roles = {} } }) =>
  (Object.keys(EXAMPLES) as (keyof typeof EXAMPLES)[]).flatMap((key) => {
    const [kind] = EXAMPLES[key].split("/");
    return badFormIfKnown(`roles.${key}`, roles[key], {
      // AWS's own policies have the account "aws".
      pattern: new RegExp(`^arn:[\\w-]+:iam::(\\d{12}|aws):${kind}/[\\w+=,.@/-]+$`),
      rule: `must be the ARN of an IAM ${kind}`,
      remedy: `Take for example arn:aws:iam::123456789012:${EXAMPLES[key]}.`,
    });
  });
