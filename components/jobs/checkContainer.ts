import { notOneOf } from "../rules/choices";
import { arnPattern, badFormIfKnown, type Form, iamArn } from "../rules/forms";
import { tooManyEntries } from "../rules/lists";
import { outOfRanges } from "../rules/numbers";
import { type Problem, when } from "../rules/problem";
import { ExitAction, type ExitRule, type Job } from "./args";
import { CONTAINER_LIMITS } from "./limits";
import { badMountPath } from "./checkMountPath";

const ROLE = iamArn("role", "jobs");

/** The settings of a container besides its command and resources. */
export function checkContainer(job: Job, path: string): Problem[] {
  return [
    ...outOfRanges(path, job, CONTAINER_LIMITS),
    ...checkSecrets(job, `${path}.secrets`),
    ...checkMounts(job, `${path}.efsMounts`),
    ...badFormIfKnown(`${path}.roleArn`, job.roleArn, ROLE),
    ...checkExitRules(job.exitRules, `${path}.exitRules`),
  ];
}

const SECRETS = [arnPattern("secretsmanager", "secret:.+"), arnPattern("ssm", "parameter/.+")];

function checkSecrets({ secrets = {}, environment = {} }: Job, path: string): Problem[] {
  return Object.entries(secrets).flatMap(([name, arn]) => [
    ...when(Object.hasOwn(environment, name), {
      path,
      rule: "must have no name that is also in the job's environment",
      received: name,
      remedy: "Remove one of them.",
    }),
    ...when(typeof arn === "string" && !SECRETS.some((pattern) => pattern.test(arn)), {
      path,
      rule: "must have ARNs of secrets or parameters as values",
      received: name,
      remedy: "Use an ARN such as arn:aws:ssm:eu-west-1:123456789012:parameter/name.",
    }),
  ]);
}

const FILE_SYSTEM: Form = {
  pattern: arnPattern("elasticfilesystem", "file-system/fs-[0-9a-f]+"),
  rule: "must be the ARN of an EFS file system",
  remedy: "Use an ARN such as arn:aws:elasticfilesystem:eu-west-1:123456789012:file-system/fs-0123456789abcdef0.",
};
const ACCESS_POINT: Form = {
  pattern: /^fsap-[0-9a-f]+$/,
  rule: "must be the ID of an EFS access point",
  remedy: "Use an ID such as fsap-0123456789abcdef0.",
};

function checkMounts({ efsMounts = [] }: Job, path: string): Problem[] {
  return efsMounts.flatMap((mount, index) => [
    ...badMountPath(`${path}[${index}].path`, mount.path, efsMounts.slice(0, index)),
    ...badFormIfKnown(`${path}[${index}].fileSystemArn`, mount.fileSystemArn, FILE_SYSTEM),
    ...badFormIfKnown(`${path}[${index}].accessPointId`, mount.accessPointId, ACCESS_POINT),
  ]);
}

/** @see https://docs.aws.amazon.com/batch/latest/APIReference/API_EvaluateOnExit.html */
function checkExitRules(rules: ExitRule[] = [], path: string): Problem[] {
  return [
    ...tooManyEntries(path, rules, 5, "Put the RETRY rules first, and end with EXIT on the reason *."),
    ...rules.flatMap((rule, index) => {
      const at = `${path}[${index}]`;
      const { onExitCode, onReason, onStatusReason } = rule;
      const conditions = [onExitCode, onReason, onStatusReason].filter((condition) => condition !== undefined);
      return [
        ...notOneOf(`${at}.action`, rule.action, ExitAction, "Use RETRY or EXIT."),
        ...when(conditions.length === 0, {
          path: at,
          rule: "must have a condition",
          received: rule,
          remedy: "Add onExitCode, onReason or onStatusReason. The value * matches anything.",
        }),
        ...when(onExitCode !== undefined && !/^(?=.)\d{0,511}\*?$/.test(onExitCode), {
          path: `${at}.onExitCode`,
          rule: "must be digits, and may end with *",
          received: onExitCode,
          remedy: "Use a value such as 13*.",
        }),
        ...badPattern(`${at}.onReason`, onReason),
        ...badPattern(`${at}.onStatusReason`, onStatusReason),
      ];
    }),
  ];
}

function badPattern(path: string, pattern: string | undefined): Problem[] {
  return when(pattern !== undefined && !/^(?=.)[A-Za-z0-9.:\s]{0,511}\*?$/.test(pattern), {
    path,
    rule: "must be 1 to 512 letters, digits, spaces, dots or colons, and may end with *",
    received: pattern,
    remedy: "Use a value such as CannotPullContainerError:*.",
  });
}
