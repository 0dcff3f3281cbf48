import type * as iam from "@pulumi/aws/iam";
import * as kms from "@pulumi/aws/kms";
import type * as pulumi from "@pulumi/pulumi";

import { accountStatement, alarmStatements, serviceStatements, type KeyStatement, type KeyUses } from "./keyPolicy";
import type { Pipeline } from "../settings";
import { keptOptions } from "../storage/storage";
import { domainOf, type AwsLocation } from "../workflow/asl/statements";

/** The key of everything that the pipeline encrypts: the user's, one that is made, or none for those of AWS. */
export function createKey(
  pipeline: Pipeline,
  place: pulumi.Output<AwsLocation>,
  parent: pulumi.Resource,
): pulumi.Input<string> | undefined {
  const { kmsKeyArn, enableKey } = pipeline.encryption;
  if (!enableKey) return kmsKeyArn;
  const statementsOf = (known: AwsLocation): KeyStatement[] => serviceStatements(known, usesOf(pipeline));
  return makeKey(pipeline, "key", "everything", statementsOf, place, { parent, ...keptOptions(pipeline) }).arn;
}

function usesOf({ trigger, monitoring, notifications, computeEnvironments }: Pipeline): KeyUses {
  return {
    // Schedules send theirs with a role.
    deadLetters: trigger.uploads !== undefined,
    alarms: monitoring?.alarms === true && notifications.topicArn === undefined,
    disks: computeEnvironments.some(({ site }) => site.platform !== "fargate"),
  };
}

/** The key of the topic, when alarms publish on it, which can't use the one that AWS keeps for SNS. */
export function createTopicKey(
  pipeline: Pipeline,
  place: pulumi.Output<AwsLocation>,
  parent: pulumi.Resource,
): pulumi.Input<string> | undefined {
  if (pipeline.keyArn !== undefined) return pipeline.keyArn;
  if (!pipeline.monitoring?.alarms) return undefined;
  return makeKey(pipeline, "topic-key", "notices", alarmStatements, place, { parent }).arn;
}

function makeKey(
  { name, tags }: Pipeline,
  suffix: string,
  what: string,
  statementsOf: (place: AwsLocation) => KeyStatement[],
  place: pulumi.Output<AwsLocation>,
  opts: pulumi.CustomResourceOptions,
): kms.Key {
  const policy = place.apply((known) =>
    JSON.stringify({ Version: "2012-10-17", Statement: [accountStatement(known), ...statementsOf(known)] }),
  );
  return new kms.Key(
    `${name}-${suffix}`,
    {
      description: `Encrypts ${what} of the video batch pipeline ${name}`,
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      policy,
      tags,
    },
    opts,
  );
}

type Use = "kms:Decrypt" | "kms:GenerateDataKey";

/** That a role may use a key through one service, and for nothing else. */
export function allowKeyVia(
  sid: string,
  actions: Use[],
  keyArn: pulumi.Input<string>,
  service: string,
  place: pulumi.Output<AwsLocation>,
): iam.PolicyStatement {
  return {
    Sid: sid,
    Effect: "Allow",
    Action: actions,
    Resource: [keyArn],
    Condition: {
      StringEquals: {
        "kms:ViaService": place.apply(({ region, partition }) => `${service}.${region}.${domainOf(partition)}`),
      },
    },
  };
}
