import { badFormIfKnown, iamArn, KEY_ARN } from "../rules/forms";
import { type Check, when } from "../rules/problem";
import type { Encryption, Roles } from "./args";

export const checkEncryption: Check<{ encryption?: Encryption }> = ({ args: { encryption } }) => {
  const { kmsKeyArn, enableKey } = encryption ?? {};
  return [
    ...when(kmsKeyArn !== undefined && enableKey === true, {
      path: "encryption.enableKey",
      rule: "must not be true together with encryption.kmsKeyArn",
      received: enableKey,
      remedy: "Remove encryption.kmsKeyArn to create a key, or encryption.enableKey to keep yours.",
    }),
    ...badFormIfKnown("encryption.kmsKeyArn", kmsKeyArn, KEY_ARN),
  ];
};

const ROLES = {
  stateMachineRoleArn: iamArn("role", "state-machines"),
  jobRoleArn: iamArn("role", "jobs"),
  executionRoleArn: iamArn("role", "starts-jobs"),
  instanceProfileArn: iamArn("instance-profile", "instances"),
  permissionsBoundaryArn: iamArn("policy", "boundary"),
};

export const checkRoles: Check<{ roles?: Roles }> = ({ args: { roles = {} } }) =>
  (Object.keys(ROLES) as (keyof typeof ROLES)[]).flatMap((key) =>
    badFormIfKnown(`roles.${key}`, roles[key], ROLES[key]),
  );
