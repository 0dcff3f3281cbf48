import { type Check, type Problem, problem, when } from "../rules/problem";

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
    ...notAKey("encryption.kmsKeyArn", kmsKeyArn),
  ];
};

export function notAKey(path: string, arn: unknown): Problem[] {
  return when(typeof arn === "string" && !/^arn:[\w-]+:kms:[\w-]+:\d{12}:key\/[\w-]+$/.test(arn), () =>
    problem(path, "must be the ARN of a KMS key", arn, "An alias won't do, because policies name the key itself."),
  );
}
