import { type Check, problem, when } from "./problem";

export const checkEncryption: Check = ({ args: { encryption } }) => {
  const { kmsKeyArn, enableKey } = encryption ?? {};
  return [
    ...when(kmsKeyArn !== undefined && enableKey === true, () =>
      problem(
        "encryption.enableKey",
        "must not be true together with encryption.kmsKeyArn",
        enableKey,
        "Keep your key, or let one be made.",
      ),
    ),
    ...when(typeof kmsKeyArn === "string" && !/^arn:[\w-]+:kms:[\w-]+:\d{12}:key\/[\w-]+$/.test(kmsKeyArn), () =>
      problem(
        "encryption.kmsKeyArn",
        "must be the ARN of a KMS key",
        kmsKeyArn,
        "An alias won't do, because policies name the key itself.",
      ),
    ),
  ];
};
