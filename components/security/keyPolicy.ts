import { domainOf, type Place } from "../workflow/permissions";

/** A statement of a key's policy, with the principal that it is about. */
export interface KeyStatement {
  Sid: string;
  Effect: "Allow";
  Principal: Record<string, string>;
  Action: string[];
  /** In a key's policy, this is the key itself. */
  Resource: "*";
  Condition?: Record<string, Record<string, string>>;
}

/** The account itself, so that its roles use the key as far as their own policies allow, and somebody can administer it. */
export function accountStatement({ partition, account }: Place): KeyStatement {
  return statement("Account", { AWS: `arn:${partition}:iam::${account}:root` }, ["kms:*"]);
}

/** What the services need that publish without a role on a topic which the key encrypts. */
export function publisherStatements({ account }: Place): KeyStatement[] {
  const use = ["kms:GenerateDataKey*", "kms:Decrypt"];
  return [
    // "Adding aws:SourceAccount, aws:SourceArn … is not supported for EventBridge-to-encrypted topics": the topic's policy names the rules.
    // https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
    statement("EventBridge", { Service: "events.amazonaws.com" }, use),
    statement("CloudWatchAlarms", { Service: "cloudwatch.amazonaws.com" }, use, {
      StringEquals: { "aws:SourceAccount": account },
    }),
  ];
}

/** What the services need besides, for a key that encrypts everything. */
export function serviceStatements(place: Place): KeyStatement[] {
  const { partition, region, account } = place;
  const logs = `arn:${partition}:logs:${region}:${account}:*`;
  const scaling = {
    AWS: `arn:${partition}:iam::${account}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`,
  };
  return [
    ...publisherStatements(place),
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
    statement(
      "CloudWatchLogs",
      { Service: `logs.${region}.${domainOf(partition)}` },
      ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
      { ArnLike: { "kms:EncryptionContext:aws:logs:arn": logs } },
    ),
    // https://docs.aws.amazon.com/step-functions/latest/dg/encryption-at-rest.html
    statement("LogsOfExecutions", { Service: "delivery.logs.amazonaws.com" }, ["kms:Decrypt*"], {
      StringLike: { "kms:EncryptionContext:SourceArn": logs },
    }),
    // https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html
    statement("Disks", scaling, [
      "kms:Encrypt",
      "kms:Decrypt",
      "kms:ReEncrypt*",
      "kms:GenerateDataKey*",
      "kms:DescribeKey",
    ]),
    statement("AttachDisks", scaling, ["kms:CreateGrant"], { Bool: { "kms:GrantIsForAWSResource": "true" } }),
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
