import { resourcesOfType } from "../../../testing";
import { listed, statementsOf, type Statement } from "../../support/aws/iam";
import { ALLOWS_ALL, onlyStatement, hub, policyOf, type Rule, unless } from "./rule";

const servicesOf = ({ Principal }: Statement): string[] =>
  typeof Principal === "object" ? listed(Principal["Service"]) : [];

/** Both the account and what of it acts. A key serves all that its topics and queues do, whose own policies name the latter. */
const namesSource = ({ Condition = {} }: Statement, kind: string): boolean =>
  (kind === "Key" ? ["aws:SourceAccount"] : ["aws:SourceAccount", "aws:SourceArn"]).every((key) =>
    Object.values(Condition).some((keys) => key in keys),
  );

/** Whether a statement for everybody is for named roles of the account alone: those that can't be principals before they exist. */
function isForNamedRoles({ Condition }: Statement): boolean {
  const arns = listed(Condition?.["ArnLike"]?.["aws:PrincipalArn"]);
  return (
    Condition?.["StringEquals"]?.["aws:PrincipalAccount"] === "123456789012" &&
    arns.length > 0 &&
    arns.every((arn) => /^arn:aws:iam::123456789012:role\/aws-service-role\/[a-z]+\.amazonaws\.com\/\w+\*?$/.test(arn))
  );
}

/** Services that name no source, each with the reason for which that is no hole. */
const WITHOUT_SOURCE: Record<string, string> = {
  // Gives roles to instances of its own account only. https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
  "ec2.amazonaws.com Role": "instances of the account",
  // Takes roles of its own account only, and documents no source. https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
  "lambda.amazonaws.com Role": "functions of the account",
  // None is documented on the way to a queue, whose own policy names the rule. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
  "events.amazonaws.com Key": "the policy of the queue for dead letters",
  // Kept to this account's groups by the encryption context.
  "logs.us-east-1.amazonaws.com Key": "encryption context",
  "delivery.logs.amazonaws.com Key": "encryption context",
  // Rules write to groups of their own account only. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
  "events.amazonaws.com LogResourcePolicy": "groups of the account",
  "delivery.logs.amazonaws.com LogResourcePolicy": "groups of the account",
};

/** There only after its first use in the account. */
const SCALING =
  "arn:aws:iam::123456789012:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling";

/** Rules for permissions: roles, policies, keys. */
export const IDENTITY_RULES: Rule[] = [
  {
    rule: "Keys are rotated, and can be saved after a mistake",
    breaks: ["Key", () => ({ policy: '{"Statement":[]}' }), "it is never rotated"],
    source: hub("kms", "kms-4"),
    types: ["Key"],
    violations: ({ enableKeyRotation, deletionWindowInDays }) => [
      ...unless(enableKeyRotation === true, "it is never rotated"),
      ...unless(deletionWindowInDays === 30, "it is gone before anybody notices"),
    ],
  },
  {
    rule: "Roles may do nothing by wildcard",
    breaks: ["RolePolicy", onlyStatement({ Effect: "Allow", Action: ["s3:*"], Resource: "*" }), "s3:*"],
    source: hub("iam", "iam-21"),
    types: ["RolePolicy"],
    violations: (inputs) =>
      policyOf(inputs)
        .filter(({ Effect }) => Effect === "Allow")
        .flatMap(({ Action }) => listed(Action).filter((action) => action.includes("*"))),
  },
  {
    rule: "Services act for this account only, and for what is named of it",
    breaks: [
      "Role",
      () => ({
        assumeRolePolicy: {
          Statement: [
            {
              ...{ Effect: "Allow", Principal: { Service: "states.amazonaws.com" }, Action: "sts:AssumeRole" },
              Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
            },
          ],
        },
      }),
      "states.amazonaws.com",
    ],
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
    types: ["Role", "QueuePolicy", "TopicPolicy", "LogResourcePolicy", "Key"],
    violations: (inputs, { type }) => {
      const kind = type.split(":").at(-1)!;
      const statements = "assumeRolePolicy" in inputs ? statementsOf(inputs["assumeRolePolicy"]) : policyOf(inputs);
      return statements
        .filter((statement) => statement.Effect === "Allow" && !namesSource(statement, kind))
        .flatMap(servicesOf)
        .filter((service) => !(`${service} ${kind}` in WITHOUT_SOURCE));
    },
  },
  {
    rule: "Nothing is allowed to everybody",
    breaks: ["TopicPolicy", onlyStatement(ALLOWS_ALL), "a statement is for everybody"],
    source: hub("iam", "iam-1"),
    types: ["Role", "BucketPolicy", "QueuePolicy", "TopicPolicy", "LogResourcePolicy", "Key"],
    violations: (inputs) => {
      const statements = "assumeRolePolicy" in inputs ? statementsOf(inputs["assumeRolePolicy"]) : policyOf(inputs);
      return statements
        .filter(({ Effect, Principal }) => Effect === "Allow" && JSON.stringify(Principal)?.includes('"*"'))
        .filter((statement) => !isForNamedRoles(statement))
        .map(({ Sid = "a statement" }) => `${Sid} is for everybody`);
    },
  },
  {
    rule: "Keys name no principal that may not exist yet: KMS refuses such a policy",
    breaks: ["Key", () => ({ policy: { Statement: [{ Effect: "Allow", Principal: { AWS: SCALING } }] } }), SCALING],
    source: "https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html",
    types: ["Key"],
    violations: (inputs, _, synthesis) => {
      const made = resourcesOfType(synthesis, "aws:iam/role:Role").map(({ outputs }) => outputs["arn"]);
      const exist = ["*", "arn:aws:iam::123456789012:root", ...made];
      return policyOf(inputs)
        .flatMap(({ Principal }) => (typeof Principal === "object" ? listed(Principal["AWS"]) : []))
        .filter((principal) => !exist.includes(principal));
    },
  },
];
