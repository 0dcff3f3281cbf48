import { type Problem, when } from "./problem";

/** The form that a text must have. */
export interface Form {
  pattern: RegExp;
  rule: string;
  remedy: string;
}

export function badForm(path: string, value: unknown, { pattern, rule, remedy }: Form): Problem[] {
  return when(typeof value !== "string" || !pattern.test(value), { path, rule, received: value, remedy });
}

/** A text that comes out of another resource is not known yet, and fine, and so is an absent one. */
export function badFormIfKnown(path: string, value: unknown, form: Form): Problem[] {
  return typeof value === "string" ? badForm(path, value, form) : [];
}

/** The same for each entry of a list, which may not be known yet either. */
export function badFormsIfKnown(path: string, list: unknown, form: Form): Problem[] {
  return Array.isArray(list) ? list.flatMap((value, index) => badFormIfKnown(`${path}[${index}]`, value, form)) : [];
}

/** `aws`, `aws-cn`, `aws-us-gov`, `aws-iso`, `aws-iso-b` and whichever come next. */
const PARTITION = "aws(-[a-z]+)*";

/** The pattern of an ARN in any partition. `resource` is a regular expression too. */
export function arnPattern(service: string, resource: string): RegExp {
  return new RegExp(`^arn:${PARTITION}:${service}:[\\w-]+:\\d{12}:${resource}$`);
}

export const KEY_ARN: Form = {
  pattern: arnPattern("kms", "key/[\\w-]+"),
  rule: "must be the ARN of a KMS key",
  remedy: "Use the key's ARN instead of an alias: policies name the key itself.",
};

/** The ARN of something that IAM has in all regions, with the name of an example. */
export function iamArn(kind: "role" | "instance-profile" | "policy", example: string): Form {
  // AWS's own policies have the account "aws".
  const account = kind === "policy" ? "(\\d{12}|aws)" : "\\d{12}";
  return {
    pattern: new RegExp(`^arn:${PARTITION}:iam::${account}:${kind}/[\\w+=,.@/-]+$`),
    rule: `must be the ARN of an IAM ${kind.replace("-", " ")}`,
    remedy: `Use an ARN such as arn:aws:iam::123456789012:${kind}/${example}.`,
  };
}

/**
 * The name of a general purpose bucket. S3 reserves some beginnings, and some ends stand for access points and other kinds of buckets.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export const BUCKET_NAME: Form = {
  pattern: new RegExp(
    [
      "^(?!xn--|sthree-|amzn-s3-demo-)",
      "(?!\\d+\\.\\d+\\.\\d+\\.\\d+$)(?!.*\\.\\.)",
      "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]",
      "(?<!-s3alias|--ol-s3|\\.mrap|--x-s3|--table-s3)$",
    ].join(""),
  ),
  rule: "must be a bucket name that S3 allows: 3 to 63 lower-case letters, digits, dots or hyphens",
  remedy: "Use only the name, for example my-videos, without s3:// and without a key.",
};

/**
 * An image as Docker names it: registry, repository, tag and digest, of which only the repository is required.
 * @see https://docs.aws.amazon.com/batch/latest/APIReference/API_ContainerProperties.html
 */
export const IMAGE_URI: Form = {
  pattern: /^(?=.{1,255}$)([\w.-]+(:\d+)?\/)?[\w.-]+(\/[\w.-]+)*(:[\w.-]+)?(@[\w+.-]+:[0-9a-fA-F]+)?$/,
  rule: "must be the URI of a container image, with at most 255 characters",
  remedy: "Use a URI such as public.ecr.aws/docker/library/alpine:3.22, without https:// and without spaces.",
};
