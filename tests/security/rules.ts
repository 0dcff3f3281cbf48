import type { Synthesis, SynthesisedResource } from "../../testing";
import { listed, statementsOf, type Statement } from "../support/iam";

type Inputs = Record<string, unknown>;

export interface Rule {
  /** What has to hold, as a sentence. */
  rule: string;
  /** Where AWS says so. */
  source: string;
  /** Of which resources: the type's last word. */
  types: string[];
  /** What is against it. Nothing when it holds. */
  violations: (inputs: Inputs, resource: SynthesisedResource, synthesis: Synthesis) => string[];
}

const hub = (service: string, id: string): string =>
  `https://docs.aws.amazon.com/securityhub/latest/userguide/${service}-controls.html#${id}`;
const unless = (holds: boolean, violation: string): string[] => (holds ? [] : [violation]);

/** Settings of a bucket are resources of their own: one of them has to be there. */
function hasSetting(type: string): Rule["violations"] {
  return (_, { outputs }, { resources }) => {
    const settings = resources.filter((candidate) => candidate.type.endsWith(`:${type}`));
    return unless(
      settings.some(({ inputs }) => inputs["bucket"] === outputs["bucket"]),
      `it has no ${type}`,
    );
  };
}

const policyOf = ({ policy, policyDocument }: Inputs): Statement[] => statementsOf(policy ?? policyDocument);

/** A policy that refuses whatever does not come over TLS. */
function refusesPlainHttp(action: string): Rule["violations"] {
  return (inputs) =>
    unless(
      policyOf(inputs).some(
        ({ Effect, Principal, Action, Condition }) =>
          Effect === "Deny" &&
          Principal === "*" &&
          listed(Action).includes(action) &&
          Condition?.["Bool"]?.["aws:SecureTransport"] === "false",
      ),
      "it takes plain HTTP",
    );
}

const servicesOf = ({ Principal }: Statement): string[] =>
  typeof Principal === "object" ? listed(Principal["Service"]) : [];

const namesSource = ({ Condition = {} }: Statement): boolean =>
  Object.values(Condition).some((keys) => "aws:SourceAccount" in keys || "aws:SourceArn" in keys);

/** Services that name no source, each with the reason for which that is no hole. */
const WITHOUT_SOURCE: Record<string, string> = {
  // Gives roles to instances of its own account only. https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
  "ec2.amazonaws.com Role": "instances of the account",
  // Not supported on the way to a topic, whose own policy names the rules. https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
  "events.amazonaws.com Key": "the topic's policy",
  // Kept to this account's groups by the encryption context.
  "logs.us-east-1.amazonaws.com Key": "encryption context",
  "delivery.logs.amazonaws.com Key": "encryption context",
  // Rules write to groups of their own account only. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
  "events.amazonaws.com LogResourcePolicy": "groups of the account",
  "delivery.logs.amazonaws.com LogResourcePolicy": "groups of the account",
};

interface Container {
  privileged?: boolean;
  readonlyRootFilesystem?: boolean;
  user?: string;
  command?: string[];
  volumes?: { host?: object; efsVolumeConfiguration?: { transitEncryption?: string } }[];
  logConfiguration?: object;
}

const containerOf = ({ containerProperties }: Inputs): Container =>
  typeof containerProperties === "string" ? (JSON.parse(containerProperties) as Container) : {};

interface Pod {
  hostNetwork?: boolean;
  containers: { securityContext?: { privileged?: boolean; allowPrivilegeEscalation?: boolean } }[];
}

const podsOf = ({ eksProperties }: Inputs): Pod[] =>
  eksProperties ? [(eksProperties as { podProperties: Pod }).podProperties] : [];

/** What every program has to keep to. */
export const RULES: Rule[] = [
  {
    rule: "Buckets have settings for encryption, public access, ownership, life cycle, and a policy",
    source: hub("s3", "s3-8"),
    types: ["Bucket"],
    violations: (...args) =>
      [
        ...["BucketServerSideEncryptionConfiguration", "BucketPublicAccessBlock", "BucketOwnershipControls"],
        ...["BucketLifecycleConfiguration", "BucketPolicy"],
      ].flatMap((type) => hasSetting(type)(...args)),
  },
  {
    rule: "Objects are encrypted at rest",
    source: hub("s3", "s3-17"),
    types: ["BucketServerSideEncryptionConfiguration"],
    violations: ({ rules }) =>
      (rules as { applyServerSideEncryptionByDefault?: { sseAlgorithm?: string } }[]).flatMap((rule) =>
        unless(
          /^(AES256|aws:kms)$/.test(rule.applyServerSideEncryptionByDefault?.sseAlgorithm ?? ""),
          "objects are stored as they are",
        ),
      ),
  },
  {
    rule: "Nothing in a bucket is public",
    source: hub("s3", "s3-8"),
    types: ["BucketPublicAccessBlock"],
    violations: (inputs) =>
      ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"].filter(
        (setting) => inputs[setting] !== true,
      ),
  },
  {
    rule: "Objects have no access lists of their own",
    source: hub("s3", "s3-12"),
    types: ["BucketOwnershipControls"],
    violations: ({ rule }) =>
      unless((rule as Inputs)["objectOwnership"] === "BucketOwnerEnforced", "access lists are in force"),
  },
  {
    rule: "Buckets are read and written over TLS only",
    source: hub("s3", "s3-5"),
    types: ["BucketPolicy"],
    violations: refusesPlainHttp("s3:*"),
  },
  {
    rule: "Uploads that were never finished don't stay",
    source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpu-abort-incomplete-mpu-lifecycle-config.html",
    types: ["BucketLifecycleConfiguration"],
    violations: ({ rules }) =>
      unless(
        (rules as Inputs[]).some(({ abortIncompleteMultipartUpload }) => abortIncompleteMultipartUpload),
        "their pieces are paid for ever",
      ),
  },
  {
    rule: "Topics are encrypted",
    source: "https://docs.aws.amazon.com/config/latest/developerguide/sns-encrypted-kms.html",
    types: ["Topic"],
    violations: ({ kmsMasterKeyId }) => unless(typeof kmsMasterKeyId === "string", "messages are stored as they are"),
  },
  {
    rule: "Topics that services publish on have a key that services can use",
    source: "https://repost.aws/knowledge-center/cloudwatch-configure-alarm-sns",
    types: ["Topic"],
    violations: ({ kmsMasterKeyId }, { outputs }, { resources }) => {
      const published = resources.some(({ inputs }) =>
        inputs["arn"] === outputs["arn"] && "rule" in inputs
          ? true
          : listed(inputs["alarmActions"] as string[] | undefined).includes(outputs["arn"] as string),
      );
      return unless(!published || kmsMasterKeyId !== "alias/aws/sns", "EventBridge and CloudWatch can't publish");
    },
  },
  {
    rule: "Topics are published on over TLS only",
    source: "https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html",
    types: ["TopicPolicy"],
    violations: refusesPlainHttp("sns:Publish"),
  },
  {
    rule: "Queues are encrypted",
    source: hub("sqs", "sqs-1"),
    types: ["Queue"],
    violations: ({ sqsManagedSseEnabled, kmsMasterKeyId }) =>
      unless(sqsManagedSseEnabled === true || kmsMasterKeyId !== undefined, "messages are stored as they are"),
  },
  {
    rule: "Queues are used over TLS only",
    source:
      "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html",
    types: ["QueuePolicy"],
    violations: refusesPlainHttp("sqs:*"),
  },
  {
    rule: "Logs are kept for a time that somebody chose",
    source: hub("cloudwatch", "cloudwatch-16"),
    types: ["LogGroup"],
    violations: ({ retentionInDays }) => unless(Number(retentionInDays) > 0, "they are kept for ever"),
  },
  {
    rule: "State machines log",
    source: hub("stepfunctions", "stepfunctions-1"),
    types: ["StateMachine"],
    violations: ({ loggingConfiguration }) => {
      const { level, logDestination } = (loggingConfiguration ?? {}) as Inputs;
      return unless(typeof level === "string" && level !== "OFF" && logDestination !== undefined, "nothing is logged");
    },
  },
  {
    rule: "Instances answer to IMDSv2 only, and containers don't reach it",
    source: hub("ec2", "ec2-170"),
    types: ["LaunchTemplate"],
    violations: ({ metadataOptions }) => {
      const { httpTokens, httpPutResponseHopLimit } = (metadataOptions ?? {}) as Inputs;
      return [
        ...unless(httpTokens === "required", "IMDSv1 is on"),
        ...unless(httpPutResponseHopLimit === 1, "containers get at the instance's role"),
      ];
    },
  },
  {
    rule: "Disks of instances are encrypted",
    source: hub("ec2", "ec2-7"),
    types: ["LaunchTemplate"],
    violations: ({ blockDeviceMappings }) => {
      const disks = listed(blockDeviceMappings as { ebs?: Inputs }[] | undefined);
      return unless(disks.length > 0 && disks.every(({ ebs }) => ebs?.["encrypted"] === "true"), "a disk is not");
    },
  },
  {
    rule: "Nothing comes in from the network",
    source: hub("ec2", "ec2-18"),
    types: ["SecurityGroup"],
    violations: ({ ingress }) => unless(listed(ingress).length === 0, "the security group lets something in"),
  },
  {
    rule: "Machines have public addresses only in the default VPC, where nothing else leads out",
    source: hub("ec2", "ec2-25"),
    types: ["LaunchTemplate"],
    violations: ({ networkInterfaces }) =>
      unless(
        listed(networkInterfaces as Inputs[] | undefined).every((one) => one["associatePublicIpAddress"] !== "true"),
        "they have public addresses",
      ),
  },
  {
    rule: "Images can't be exchanged under their tag, and are scanned",
    source: hub("ecr", "ecr-2"),
    types: ["Repository"],
    violations: ({ imageTagMutability, imageScanningConfiguration }) => [
      ...unless(imageTagMutability === "IMMUTABLE", "tags can be moved"),
      ...unless((imageScanningConfiguration as Inputs | undefined)?.["scanOnPush"] === true, "nobody scans it"),
    ],
  },
  {
    rule: "Keys are rotated, and can be saved after a mistake",
    source: hub("kms", "kms-4"),
    types: ["Key"],
    violations: ({ enableKeyRotation, deletionWindowInDays }) => [
      ...unless(enableKeyRotation === true, "it is never rotated"),
      ...unless(deletionWindowInDays === 30, "it is gone before anybody notices"),
    ],
  },
  {
    rule: "Roles may do nothing by wildcard",
    source: hub("iam", "iam-21"),
    types: ["RolePolicy"],
    violations: (inputs) =>
      policyOf(inputs)
        .filter(({ Effect }) => Effect === "Allow")
        .flatMap(({ Action }) => listed(Action).filter((action) => action.includes("*"))),
  },
  {
    rule: "Services act for this account only",
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
    types: ["Role", "QueuePolicy", "TopicPolicy", "LogResourcePolicy", "Key"],
    violations: (inputs, { type }) => {
      const kind = type.split(":").at(-1)!;
      const statements = "assumeRolePolicy" in inputs ? statementsOf(inputs["assumeRolePolicy"]) : policyOf(inputs);
      return statements
        .filter((statement) => statement.Effect === "Allow" && !namesSource(statement))
        .flatMap(servicesOf)
        .filter((service) => !(`${service} ${kind}` in WITHOUT_SOURCE));
    },
  },
  {
    rule: "Nothing is allowed to everybody",
    source: hub("iam", "iam-1"),
    types: ["Role", "BucketPolicy", "QueuePolicy", "TopicPolicy", "LogResourcePolicy", "Key"],
    violations: (inputs) => {
      const statements = "assumeRolePolicy" in inputs ? statementsOf(inputs["assumeRolePolicy"]) : policyOf(inputs);
      return statements
        .filter(({ Effect, Principal }) => Effect === "Allow" && JSON.stringify(Principal)?.includes('"*"'))
        .map(({ Sid = "a statement" }) => `${Sid} is for everybody`);
    },
  },
  {
    rule: "Containers have no privileges, and log",
    source: hub("ecs", "ecs-4"),
    types: ["JobDefinition"],
    violations: (inputs) => {
      if (inputs["containerProperties"] === undefined) return [];
      const { privileged, logConfiguration } = containerOf(inputs);
      return [
        ...unless(privileged === false, "it is privileged"),
        ...unless(logConfiguration !== undefined, "it doesn't log"),
      ];
    },
  },
  {
    rule: "The worker can't write to its root, and is not root",
    source: hub("ecs", "ecs-5"),
    types: ["JobDefinition"],
    violations: (inputs) => {
      const { command = [], readonlyRootFilesystem, user } = containerOf(inputs);
      if (command[0] !== "worker") return [];
      return [
        ...unless(readonlyRootFilesystem === true, "its root can be written"),
        ...unless(user !== undefined && !/^0(:|$)/.test(user), "it is root"),
      ];
    },
  },
  {
    rule: "File systems are mounted over TLS, and no directory of the machine is",
    source: "https://docs.aws.amazon.com/efs/latest/ug/encryption-in-transit.html",
    types: ["JobDefinition"],
    violations: (inputs) =>
      (containerOf(inputs).volumes ?? []).flatMap(({ host, efsVolumeConfiguration: efs }) => [
        ...unless(host === undefined, "it sees the machine's disk"),
        ...unless(efs === undefined || efs.transitEncryption === "ENABLED", "files travel in the open"),
      ]),
  },
  {
    rule: "Pods stay in their own network and can't gain privileges",
    source: "https://docs.aws.amazon.com/eks/latest/best-practices/pod-security.html",
    types: ["JobDefinition"],
    violations: (inputs) =>
      podsOf(inputs).flatMap(({ hostNetwork, containers }) => [
        ...unless(hostNetwork === false, "it is in the host's network"),
        ...containers.flatMap(({ securityContext: context }) =>
          unless(context?.privileged === false && context.allowPrivilegeEscalation === false, "it can gain privileges"),
        ),
      ]),
  },
  {
    rule: "Starts that fail are tried again, and kept",
    source: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html",
    types: ["EventTarget", "Schedule"],
    violations: (inputs) => {
      const target = (inputs["target"] ?? inputs) as Inputs;
      if (!String(target["arn"]).includes(":stateMachine:")) return [];
      const { deadLetterConfig, retryPolicy } = target;
      return unless(deadLetterConfig !== undefined && retryPolicy !== undefined, "an event can get lost");
    },
  },
];
