import type { AwsLocation } from "../../contract/arn";
import { serviceDomain } from "../context/serviceDomain";

/** A statement of a key's policy. */
export interface KeyStatement {
  Sid: string;
  Effect: "Allow";
  Principal: Record<string, string>;
  Action: string[];
  /** In a key's policy, this is the key itself. */
  Resource: "*";
  Condition?: Record<string, Record<string, string | string[]>>;
}

/**
 * Lets roles of the account use the key, and administrators manage it, if their own policies allow it. By itself it grants
 * nothing.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export function accountStatement({ partition, account }: AwsLocation): KeyStatement {
  return statement("Account", { AWS: `arn:${partition}:iam::${account}:root` }, ["kms:*"]);
}

const USE = ["kms:GenerateDataKey*", "kms:Decrypt"];

/**
 * Lets alarms, which have no role, publish to a topic that the key encrypts.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
 * @see https://aws.github.io/modern-data-architecture-accelerator/typedocs/functions/_aws-mdaa_cloudwatch-constructs.grantCloudWatchAlarmsTopicAccess.html
 */
export function alarmStatements({ account }: AwsLocation): KeyStatement[] {
  return [
    statement("CloudWatchAlarms", { Service: "cloudwatch.amazonaws.com" }, USE, {
      StringEquals: { "aws:SourceAccount": account },
    }),
  ];
}

/** What services without a role use the key for, besides logs and executions. */
export interface KeyUses {
  deadLetters: boolean;
  alarms: boolean;
  /** Those of instances. */
  disks: boolean;
  /** Whether some of the instances are Spot Instances. */
  spot: boolean;
  /** Whether it encrypts an event bus. */
  eventBus: boolean;
}

const ALL_USES: KeyUses = { deadLetters: true, alarms: true, disks: true, spot: true, eventBus: true };

/** Lets services without a role use a key that encrypts everything. */
export function serviceStatements(location: AwsLocation, uses = ALL_USES): KeyStatement[] {
  const { partition, region, account } = location;
  const logs = `arn:${partition}:logs:${region}:${account}:*`;
  return [
    // EventBridge sends dead letters without a role. For encrypted topics it supports no condition on its source, and for queues
    // none is documented: the queue's own policy names the rule.
    // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
    // https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
    ...(uses.deadLetters ? [statement("EventBridge", { Service: "events.amazonaws.com" }, USE)] : []),
    ...(uses.alarms ? alarmStatements(location) : []),
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
    statement(
      "CloudWatchLogs",
      { Service: `logs.${region}.${serviceDomain(partition)}` },
      ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
      { ArnLike: { "kms:EncryptionContext:aws:logs:arn": logs } },
    ),
    // https://docs.aws.amazon.com/step-functions/latest/dg/encryption-at-rest.html
    statement("LogsOfExecutions", { Service: "delivery.logs.amazonaws.com" }, ["kms:Decrypt*"], {
      StringLike: { "kms:EncryptionContext:SourceArn": logs },
    }),
    ...(uses.eventBus ? eventBusStatements(location) : []),
    ...(uses.disks ? diskStatements(location, uses) : []),
  ];
}

/**
 * Lets EventBridge encrypt the events on a bus of the account. Who sends them needs no permission on the key.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-key-policy.html
 */
function eventBusStatements({ partition, region, account }: AwsLocation): KeyStatement[] {
  const eventBridge = { Service: "events.amazonaws.com" };
  const buses = `arn:${partition}:events:${region}:${account}:event-bus/*`;
  return [
    // To see that the key is symmetric, which has no context.
    statement("CheckKeyOfEvents", eventBridge, ["kms:DescribeKey"], {
      StringEquals: { "aws:SourceAccount": account },
    }),
    statement("Events", eventBridge, ["kms:GenerateDataKey", "kms:Decrypt"], {
      StringEquals: { "aws:SourceAccount": account },
      StringLike: { "kms:EncryptionContext:aws:events:event-bus:arn": buses },
    }),
  ];
}

/**
 * Lets Auto Scaling start instances with encrypted disks. The fixed policies of service-linked roles cover no key of ours, so the
 * statement for the account does not help them. They can't be named as principals: KMS refuses a policy with a role that does not exist,
 * and these exist only after their first use in the account.
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/service-linked-roles-spot-instance-requests.html
 */
function diskStatements({ partition, account }: AwsLocation, { spot }: KeyUses): KeyStatement[] {
  const roles = `arn:${partition}:iam::${account}:role/aws-service-role`;
  const launching = {
    StringEquals: { "aws:PrincipalAccount": account },
    ArnLike: {
      "aws:PrincipalArn": [
        // An account can have more than one, each with a suffix.
        `${roles}/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling*`,
        ...(spot ? [`${roles}/spot.amazonaws.com/AWSServiceRoleForEC2Spot`] : []),
      ],
    },
  };
  const use = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"];
  return [
    statement("Disks", { AWS: "*" }, use, launching),
    statement("AttachDisks", { AWS: "*" }, ["kms:CreateGrant"], {
      ...launching,
      Bool: { "kms:GrantIsForAWSResource": "true" },
    }),
  ];
}

function statement(
  sid: string,
  principal: Record<string, string>,
  actions: string[],
  condition?: KeyStatement["Condition"],
): KeyStatement {
  return {
    Sid: sid,
    Effect: "Allow",
    Principal: principal,
    Action: actions,
    Resource: "*",
    ...(condition ? { Condition: condition } : {}),
  };
}
