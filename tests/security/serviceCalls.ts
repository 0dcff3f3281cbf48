import { accountStatement, alarmStatements, serviceStatements } from "../../components/access/keyPolicy";
import { resourcesOfType as ofType, type Synthesis } from "../../testing";
import { listed, statementsOf, type Call, type CallOf, type Statement } from "../support/aws/iam";
import { isOwnKey, topicKeys } from "./encrypted";
import { neededCalls } from "./needed";

const PLACE = { partition: "aws", region: "us-east-1", account: "123456789012" };
const SOURCE_ACCOUNT = { "aws:SourceAccount": PLACE.account };
const LINKED = `arn:aws:iam::${PLACE.account}:role/aws-service-role`;
const SCALING = `${LINKED}/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`;
const SPOT = `${LINKED}/spot.amazonaws.com/AWSServiceRoleForEC2Spot`;

/** Calls that services make in their own name: no policy of a role allows them, only the resource's own. */
export function serviceCalls(synthesis: Synthesis): CallOf[] {
  return [
    ...callsOfRules(synthesis),
    ...callsOfAlarms(synthesis),
    ...callsOfLogs(synthesis),
    ...callsForDisks(synthesis),
    ...callsOfBuses(synthesis),
  ];
}

/** What roles call on resources that have a policy of their own, which must not refuse it. */
export function callsOfRoles(synthesis: Synthesis): CallOf[] {
  const arns = new Map(
    ofType(synthesis, "aws:iam/role:Role").map(({ name, outputs }) => [name, outputs["arn"] as string]),
  );
  return [...neededCalls(synthesis)].flatMap(([role, calls]) =>
    calls.map((call) => ({
      ...call,
      principal: { kind: "AWS" as const, name: arns.get(role)! },
      context: {
        ...call.context,
        ...{ "aws:PrincipalArn": arns.get(role)!, "aws:PrincipalAccount": PLACE.account },
        ...{ "aws:PrincipalIsAWSService": "false", "aws:SecureTransport": "true" },
      },
    })),
  );
}

/** The statements of resources' own policies, by the policy's name, with the resources that each is on. */
export function resourcePolicies(synthesis: Synthesis): { name: string; on: string; statements: Statement[] }[] {
  const queues = new Map(
    ofType(synthesis, "aws:sqs/queue:Queue").map(({ outputs }) => [outputs["url"], outputs["arn"]]),
  );
  return [
    ...ofType(synthesis, "aws:sns/topicPolicy:TopicPolicy").map(({ name, inputs }) => ({
      ...{ name, on: inputs["arn"] as string, statements: statementsOf(inputs["policy"]) },
    })),
    ...ofType(synthesis, "aws:sqs/queuePolicy:QueuePolicy").map(({ name, inputs }) => ({
      ...{ name, on: queues.get(inputs["queueUrl"]) as string, statements: statementsOf(inputs["policy"]) },
    })),
    ...ofType(synthesis, "aws:s3/bucketPolicy:BucketPolicy").map(({ name, inputs }) => ({
      ...{ name, on: `arn:aws:s3:::${inputs["bucket"] as string}*`, statements: statementsOf(inputs["policy"]) },
    })),
    ...ofType(synthesis, "aws:cloudwatch/logResourcePolicy:LogResourcePolicy").map(({ name, inputs }) => ({
      ...{ name, on: "arn:aws:logs:*", statements: statementsOf(inputs["policyDocument"]) },
    })),
    ...ofType(synthesis, "aws:kms/key:Key").map(({ name, inputs, outputs }) => ({
      ...{ name, on: outputs["arn"] as string, statements: statementsOf(inputs["policy"]) },
    })),
    ...ofType(synthesis, "aws:cloudwatch/eventBusPolicy:EventBusPolicy").map(({ name, inputs }) => ({
      ...{ name, on: busNamed(synthesis, inputs["eventBusName"]), statements: statementsOf(inputs["policy"]) },
    })),
    ...policiesOfYours(synthesis),
  ];
}

function busNamed(synthesis: Synthesis, name: unknown): string {
  const bus = ofType(synthesis, "aws:cloudwatch/eventBus:EventBus").find(({ outputs }) => outputs["name"] === name);
  if (!bus) throw new Error(`There is no bus ${String(name)}.`);
  return bus.outputs["arn"] as string;
}

/** What we say that the policies of resources need which were there before. */
function policiesOfYours(synthesis: Synthesis): { name: string; on: string; statements: Statement[] }[] {
  const [component] = ofType(synthesis, "video-batch-pipeline:index:VideoBatchPipeline");
  const { encryption, notifications } = (component?.inputs ?? {}) as {
    encryption?: { kmsKeyArn?: string };
    notifications?: { topicArn?: string; topicKeyArn?: string };
  };
  const { topicArn, topicKeyArn } = notifications ?? {};
  const topicPolicy = synthesis.outputs["topicPolicy"];
  return [
    ...(encryption?.kmsKeyArn === undefined
      ? []
      : [
          {
            name: "key of yours",
            on: encryption.kmsKeyArn,
            statements: [accountStatement(PLACE), ...serviceStatements(PLACE)],
          },
        ]),
    ...(topicKeyArn === undefined
      ? []
      : [
          {
            name: "key of your topic",
            on: topicKeyArn,
            statements: [accountStatement(PLACE), ...alarmStatements(PLACE)],
          },
        ]),
    ...(topicArn === undefined || topicPolicy === undefined
      ? []
      : [{ name: "topic of yours", on: topicArn, statements: statementsOf(topicPolicy) }]),
  ];
}

/** Rules write into log groups, and send what they can't deliver to a queue, without a role. */
function callsOfRules(synthesis: Synthesis): CallOf[] {
  const rules = new Map(
    ofType(synthesis, "aws:cloudwatch/eventRule:EventRule").map(({ outputs }) => [outputs["name"], outputs["arn"]]),
  );
  const queues = ofType(synthesis, "aws:sqs/queue:Queue");
  return ofType(synthesis, "aws:cloudwatch/eventTarget:EventTarget").flatMap(({ inputs }) => {
    const target = inputs["arn"] as string;
    const context = { ...SOURCE_ACCOUNT, "aws:SourceArn": rules.get(inputs["rule"]) as string };
    const { arn: queueArn } = (inputs["deadLetterConfig"] ?? {}) as { arn?: string };
    const queue = queues.find(({ outputs }) => outputs["arn"] === queueArn);
    return [
      ...(target.split(":")[2] === "logs"
        ? ["events.amazonaws.com", "delivery.logs.amazonaws.com"].flatMap((service) =>
            ["logs:CreateLogStream", "logs:PutLogEvents"].map((action) =>
              by(service, { action, resource: `${target}:log-stream:1` }),
            ),
          )
        : []),
      ...(queueArn === undefined
        ? []
        : [by("events.amazonaws.com", { action: "sqs:SendMessage", resource: queueArn, context })]),
      // Here, EventBridge says nothing of its source.
      ...useOf(queue?.inputs["kmsMasterKeyId"], "events.amazonaws.com", {}),
    ];
  });
}

/** On topics that are made, or named to the pipeline. Of any other, only its owner knows the policy. */
function callsOfAlarms(synthesis: Synthesis): CallOf[] {
  const known = resourcePolicies(synthesis).map(({ on }) => on);
  return ofType(synthesis, "aws:cloudwatch/metricAlarm:MetricAlarm").flatMap(({ inputs, outputs }) =>
    listed(inputs["alarmActions"] as string[])
      .filter((topic) => known.includes(topic))
      .flatMap((topic) => {
        const context = { ...SOURCE_ACCOUNT, "aws:SourceArn": outputs["arn"] as string };
        return [
          by("cloudwatch.amazonaws.com", { action: "sns:Publish", resource: topic, context }),
          ...topicKeys(synthesis, topic).flatMap((key) => useOf(key, "cloudwatch.amazonaws.com", context)),
        ];
      }),
  );
}

/** CloudWatch Logs with a key, and the delivery of an encrypted state machine's logs. */
function callsOfLogs(synthesis: Synthesis): CallOf[] {
  const calls = ["Encrypt", "Decrypt", "ReEncryptFrom", "ReEncryptTo", "GenerateDataKey", "DescribeKey"];
  return [
    ...ofType(synthesis, "aws:cloudwatch/logGroup:LogGroup").flatMap(({ inputs, outputs }) => {
      const key = inputs["kmsKeyId"];
      const context = { "kms:EncryptionContext:aws:logs:arn": outputs["arn"] as string };
      return isOwnKey(key)
        ? calls.map((call) =>
            by(`logs.${PLACE.region}.amazonaws.com`, { action: `kms:${call}`, resource: key, context }),
          )
        : [];
    }),
    ...ofType(synthesis, "aws:sfn/stateMachine:StateMachine").flatMap(({ inputs }) => {
      const { kmsKeyId } = (inputs["encryptionConfiguration"] ?? {}) as { kmsKeyId?: string };
      const context = { "kms:EncryptionContext:SourceArn": `arn:aws:logs:${PLACE.region}:${PLACE.account}:*` };
      return isOwnKey(kmsKeyId)
        ? [by("delivery.logs.amazonaws.com", { action: "kms:Decrypt", resource: kmsKeyId, context })]
        : [];
    }),
  ];
}

/** @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html */
function callsForDisks(synthesis: Synthesis): CallOf[] {
  const environments = ofType(synthesis, "aws:batch/computeEnvironment:ComputeEnvironment");
  const types = environments.map(({ inputs }) => (inputs["computeResources"] as { type: string }).type);
  return ofType(synthesis, "aws:ec2/launchTemplate:LaunchTemplate")
    .flatMap(({ inputs }) => listed(inputs["blockDeviceMappings"] as { ebs: { kmsKeyId?: string } }[]))
    .flatMap(({ ebs: { kmsKeyId: key } }) =>
      isOwnKey(key)
        ? [SCALING, ...(types.includes("SPOT") ? [SPOT] : [])].flatMap((role) => attachDisk(role, key))
        : [],
    );
}

function attachDisk(role: string, key: string): CallOf[] {
  const context = { "aws:PrincipalArn": role, "aws:PrincipalAccount": PLACE.account };
  const calls = [
    "Encrypt",
    "Decrypt",
    "ReEncryptFrom",
    "ReEncryptTo",
    "GenerateDataKeyWithoutPlaintext",
    "DescribeKey",
  ];
  return [
    ...calls.map((call): Call => ({ action: `kms:${call}`, resource: key, context })),
    { action: "kms:CreateGrant", resource: key, context: { ...context, "kms:GrantIsForAWSResource": "true" } },
  ].map((call): CallOf => ({ ...call, principal: { kind: "AWS", name: role } }));
}

/** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-key-policy.html */
function callsOfBuses(synthesis: Synthesis): CallOf[] {
  const service = "events.amazonaws.com";
  return ofType(synthesis, "aws:cloudwatch/eventBus:EventBus").flatMap(({ inputs, outputs }) => {
    const key = inputs["kmsKeyIdentifier"];
    const context = {
      ...SOURCE_ACCOUNT,
      "kms:EncryptionContext:aws:events:event-bus:arn": outputs["arn"] as string,
    };
    return isOwnKey(key)
      ? [
          by(service, { action: "kms:DescribeKey", resource: key, context: SOURCE_ACCOUNT }),
          ...useOf(key, service, context),
        ]
      : [];
  });
}

/** What a service does with the key of a topic, a queue or a bus. */
function useOf(key: unknown, service: string, context: Record<string, string>): CallOf[] {
  if (!isOwnKey(key)) return [];
  return ["kms:GenerateDataKey", "kms:Decrypt"].map((action) => by(service, { action, resource: key, context }));
}

function by(service: string, call: Call): CallOf {
  return {
    ...call,
    principal: { kind: "Service", name: service },
    context: { "aws:SecureTransport": "true", "aws:PrincipalIsAWSService": "true", ...call.context },
  };
}
