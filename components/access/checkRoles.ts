import { entriesOf } from "../settings";
import { type Check, problem, when } from "../rules/problem";

const EXAMPLES = {
  stateMachineRoleArn: "arn:aws:iam::123456789012:role/state-machines",
  jobRoleArn: "arn:aws:iam::123456789012:role/jobs",
  executionRoleArn: "arn:aws:iam::123456789012:role/starts-jobs",
  instanceProfileArn: "arn:aws:iam::123456789012:instance-profile/instances",
  permissionsBoundaryArn: "arn:aws:iam::123456789012:policy/boundary",
} as const;

/** Roles that exist: the form of each ARN, and whether anything uses it. */
export const checkRoles: Check = ({ pipeline }) => {
  const { roles, jobs, computeEnvironments } = pipeline;
  const forms = (Object.keys(EXAMPLES) as (keyof typeof EXAMPLES)[]).flatMap((key) => {
    const arn = roles[key];
    const kind = (EXAMPLES[key].split(":").at(-1) as string).split("/")[0] as string;
    // AWS's own policies have the account "aws".
    const form = new RegExp(`^arn:[\\w-]+:iam::(\\d{12}|aws):${kind}/[\\w+=,.@/-]+$`);
    return when(typeof arn === "string" && !form.test(arn), () =>
      problem(`roles.${key}`, `must be the ARN of an IAM ${kind}`, arn, `Take for example ${EXAMPLES[key]}.`),
    );
  });
  const onInstances = computeEnvironments.some(({ site }) => site.platform === "ec2");
  const everyJobHasItsOwn = entriesOf(jobs).every(([, job]) => job.roleArn !== undefined);
  return [
    ...forms,
    ...when(roles.instanceProfileArn !== undefined && !onInstances, () =>
      problem(
        "roles.instanceProfileArn",
        "must be left out when no environment has instances of Batch's own",
        roles.instanceProfileArn,
        "Remove it: machines on Fargate have no instance profile, and the nodes of an EKS cluster have that of `eks`.",
      ),
    ),
    ...when(roles.jobRoleArn !== undefined && everyJobHasItsOwn, () =>
      problem(
        "roles.jobRoleArn",
        "must be left out when every job has a `roleArn` of its own",
        roles.jobRoleArn,
        "Remove it, or the `roleArn` of those jobs that shall have this role.",
      ),
    ),
  ];
};
