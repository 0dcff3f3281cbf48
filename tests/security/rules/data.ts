import { listed } from "../../support/aws/iam";
import { ALLOWS_ALL, onlyStatement, hub, type Inputs, policyOf, type Rule, unless } from "./rule";

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

/** A topic or queue has a policy of its own, which says over what it is used. */
const hasPolicy =
  (type: string, on: (inputs: Inputs) => unknown, key: string): Rule["violations"] =>
  (_, { outputs }, { resources }) =>
    unless(
      resources.some((one) => one.type.endsWith(`:${type}`) && on(one.inputs) === outputs[key]),
      `it has no ${type}`,
    );

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

/** Rules for resources that hold data: buckets, tables, topics, queues, logs. */
export const DATA_RULES: Rule[] = [
  {
    rule: "Buckets have settings for encryption, public access, ownership, life cycle, and a policy",
    breaks: ["BucketPolicy", (inputs) => ({ ...inputs, bucket: "another" }), "it has no BucketPolicy"],
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
    breaks: ["BucketServerSideEncryptionConfiguration", () => ({ rules: [{}] }), "objects are stored as they are"],
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
    rule: "Objects that KMS encrypts have bucket keys: without them, every request for an object is one of KMS too",
    breaks: [
      "BucketServerSideEncryptionConfiguration",
      () => ({ rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" } }] }),
      "it has no bucket key",
    ],
    source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html",
    types: ["BucketServerSideEncryptionConfiguration"],
    violations: ({ rules }) =>
      (
        rules as { bucketKeyEnabled?: boolean; applyServerSideEncryptionByDefault?: { sseAlgorithm?: string } }[]
      ).flatMap(({ bucketKeyEnabled, applyServerSideEncryptionByDefault: by }) =>
        unless(bucketKeyEnabled === true || !by?.sseAlgorithm?.startsWith("aws:kms"), "it has no bucket key"),
      ),
  },
  {
    rule: "Nothing in a bucket is public",
    breaks: ["BucketPublicAccessBlock", () => ({ blockPublicAcls: true }), "restrictPublicBuckets"],
    source: hub("s3", "s3-8"),
    types: ["BucketPublicAccessBlock"],
    violations: (inputs) =>
      ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"].filter(
        (setting) => inputs[setting] !== true,
      ),
  },
  {
    rule: "Objects have no access lists of their own",
    breaks: [
      "BucketOwnershipControls",
      () => ({ rule: { objectOwnership: "ObjectWriter" } }),
      "access lists are in force",
    ],
    source: hub("s3", "s3-12"),
    types: ["BucketOwnershipControls"],
    violations: ({ rule }) =>
      unless((rule as Inputs)["objectOwnership"] === "BucketOwnerEnforced", "access lists are in force"),
  },
  {
    rule: "Buckets are read and written over TLS only",
    breaks: [
      "BucketPolicy",
      onlyStatement({ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" }),
      "it takes plain HTTP",
    ],
    source: hub("s3", "s3-5"),
    types: ["BucketPolicy"],
    violations: refusesPlainHttp("s3:*"),
  },
  {
    rule: "Buckets let no other account in",
    breaks: [
      "BucketPolicy",
      onlyStatement({ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" }),
      "other accounts can be let in",
    ],
    source: hub("s3", "s3-6"),
    types: ["BucketPolicy"],
    violations: (inputs) =>
      unless(
        policyOf(inputs).some(
          ({ Effect, Action, Condition }) =>
            Effect === "Deny" &&
            listed(Action).includes("s3:*") &&
            Condition?.["StringNotEquals"]?.["aws:PrincipalAccount"] === "123456789012",
        ),
        "other accounts can be let in",
      ),
  },
  {
    rule: "Uploads that were never finished don't stay",
    breaks: ["BucketLifecycleConfiguration", () => ({ rules: [] }), "their pieces are paid for ever"],
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
    breaks: ["Topic", () => ({}), "messages are stored as they are"],
    source: "https://docs.aws.amazon.com/config/latest/developerguide/sns-encrypted-kms.html",
    types: ["Topic"],
    violations: ({ kmsMasterKeyId }) => unless(typeof kmsMasterKeyId === "string", "messages are stored as they are"),
  },
  {
    rule: "Topics that services publish on without a role have a key that services can use",
    breaks: ["Topic", () => ({ kmsMasterKeyId: "alias/aws/sns" }), "EventBridge and CloudWatch can't publish"],
    source: "https://repost.aws/knowledge-center/cloudwatch-configure-alarm-sns",
    types: ["Topic"],
    violations: ({ kmsMasterKeyId }, { outputs }, { resources }) => {
      const published = resources.some(({ inputs }) =>
        inputs["arn"] === outputs["arn"] && "rule" in inputs
          ? inputs["roleArn"] === undefined
          : listed(inputs["alarmActions"] as string[] | undefined).includes(outputs["arn"] as string),
      );
      return unless(!published || kmsMasterKeyId !== "alias/aws/sns", "EventBridge and CloudWatch can't publish");
    },
  },
  {
    rule: "Topics are published on over TLS only",
    breaks: ["TopicPolicy", onlyStatement(ALLOWS_ALL), "it takes plain HTTP"],
    source: "https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html",
    types: ["TopicPolicy"],
    violations: refusesPlainHttp("sns:Publish"),
  },
  {
    rule: "Queues are encrypted",
    breaks: ["Queue", () => ({}), "messages are stored as they are"],
    source: hub("sqs", "sqs-1"),
    types: ["Queue"],
    violations: ({ sqsManagedSseEnabled, kmsMasterKeyId }) =>
      unless(sqsManagedSseEnabled === true || kmsMasterKeyId !== undefined, "messages are stored as they are"),
  },
  {
    rule: "Queues are used over TLS only",
    breaks: ["QueuePolicy", onlyStatement(ALLOWS_ALL), "it takes plain HTTP"],
    source:
      "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html",
    types: ["QueuePolicy"],
    violations: refusesPlainHttp("sqs:*"),
  },
  {
    rule: "Logs are kept for a time that somebody chose",
    breaks: ["LogGroup", () => ({ retentionInDays: 0 }), "they are kept for ever"],
    source: hub("cloudwatch", "cloudwatch-16"),
    types: ["LogGroup"],
    violations: ({ retentionInDays }) => unless(Number(retentionInDays) > 0, "they are kept for ever"),
  },
  {
    rule: "State machines log",
    breaks: ["StateMachine", () => ({ loggingConfiguration: { level: "OFF" } }), "nothing is logged"],
    source: hub("stepfunctions", "stepfunctions-1"),
    types: ["StateMachine"],
    violations: ({ loggingConfiguration }) => {
      const { level, logDestination } = (loggingConfiguration ?? {}) as Inputs;
      return unless(typeof level === "string" && level !== "OFF" && logDestination !== undefined, "nothing is logged");
    },
  },
  {
    rule: "Starts that fail are tried again, and kept",
    breaks: ["Schedule", () => ({ target: { arn: "arn:aws:states:a:b:stateMachine:c" } }), "an event can get lost"],
    source: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html",
    types: ["EventTarget", "Schedule"],
    violations: (inputs) => {
      const target = (inputs["target"] ?? inputs) as Inputs;
      if (!String(target["arn"]).includes(":stateMachine:")) return [];
      const { deadLetterConfig, retryPolicy } = target;
      return unless(deadLetterConfig !== undefined && retryPolicy !== undefined, "an event can get lost");
    },
  },
  {
    rule: "Topics have a policy",
    breaks: ["TopicPolicy", (inputs) => ({ ...inputs, arn: "another" }), "it has no TopicPolicy"],
    source: "https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html",
    types: ["Topic"],
    violations: hasPolicy("TopicPolicy", ({ arn }) => arn, "arn"),
  },
  {
    rule: "Queues have a policy",
    breaks: ["QueuePolicy", (inputs) => ({ ...inputs, queueUrl: "another" }), "it has no QueuePolicy"],
    source:
      "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html",
    types: ["Queue"],
    violations: hasPolicy("QueuePolicy", ({ queueUrl }) => queueUrl, "url"),
  },
  {
    rule: "Videos are deleted together with the stack only where somebody asks for it",
    breaks: ["Bucket", (inputs) => ({ ...inputs, forceDestroy: true }), "it is deleted with all that is in it"],
    source:
      "https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_backing_up_data_identified_backups_data.html",
    types: ["Bucket"],
    violations: ({ forceDestroy }, _, { resources }) => {
      const asked = resources.some(
        ({ inputs }) => (inputs["storage"] as Inputs | undefined)?.["forceDestroy"] === true,
      );
      return unless(forceDestroy !== true || asked, "it is deleted with all that is in it");
    },
  },
  {
    rule: "Only intermediates and former versions expire, and never a video",
    breaks: [
      "BucketLifecycleConfiguration",
      () => ({ rules: [{ id: "all", filter: { prefix: "" }, expiration: { days: 90 } }] }),
      "all deletes videos",
    ],
    source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html",
    types: ["BucketLifecycleConfiguration"],
    violations: ({ rules }) =>
      (rules as { id: string; filter?: { tag?: { value: string } }; expiration?: { days?: number } }[]).flatMap(
        ({ id, filter, expiration }) =>
          unless(expiration?.days === undefined || filter?.tag?.value === "intermediate", `${id} deletes videos`),
      ),
  },
  {
    rule: "Notices leave over TLS",
    breaks: [
      "TopicSubscription",
      (inputs) => ({ ...inputs, protocol: "http" }),
      "its endpoint is reached over plain HTTP",
    ],
    source: "https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html",
    types: ["TopicSubscription"],
    violations: ({ protocol }) => unless(protocol !== "http", "its endpoint is reached over plain HTTP"),
  },
  {
    rule: "Tables can be restored",
    breaks: ["Table", () => ({}), "what was in it an hour ago is lost"],
    source: hub("dynamodb", "dynamodb-2"),
    types: ["Table"],
    violations: ({ pointInTimeRecovery }) =>
      unless((pointInTimeRecovery as Inputs | undefined)?.["enabled"] === true, "what was in it an hour ago is lost"),
  },
  {
    rule: "Alarms notify somebody",
    breaks: ["MetricAlarm", (inputs) => ({ ...inputs, alarmActions: [] }), "nobody hears of it"],
    source: hub("cloudwatch", "cloudwatch-15"),
    types: ["MetricAlarm"],
    violations: ({ alarmActions }) => unless(listed(alarmActions).length > 0, "nobody hears of it"),
  },
];
