import { type Problem, when } from "./problem";

/** What a text has to look like. */
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

/** The pattern of an ARN in any partition. `resource` is a regular expression too. */
export function arnPattern(service: string, resource: string): RegExp {
  return new RegExp(`^arn:[\\w-]+:${service}:[\\w-]+:\\d{12}:${resource}$`);
}

export const KEY_ARN: Form = {
  pattern: arnPattern("kms", "key/[\\w-]+"),
  rule: "must be the ARN of a KMS key",
  remedy: "An alias won't do, because policies name the key itself.",
};
