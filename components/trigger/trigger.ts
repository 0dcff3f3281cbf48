import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as s3 from "@pulumi/aws/s3";
import type * as sfn from "@pulumi/aws/sfn";
import * as pulumi from "@pulumi/pulumi";

import { createRole, createRolePolicy } from "../access/roles";
import type { Context } from "../context/context";
import type { CreatedStorage } from "../storage/storage";
import { createDeadLetterQueue, type DeadLetterQueue } from "./deadLetterQueue";
import type { TriggerSettings, UploadSettings } from "./defaults";
import { createSchedules } from "./schedules";
import { RETRIES, startExecutions } from "./startExecutions";
import { uploadPattern } from "./uploadPattern";

/** What starts executions, and the queue for failed starts. Empty without the argument. */
export function createTrigger(
  context: Context,
  { uploads, schedules }: TriggerSettings,
  { stateMachine, storage }: { stateMachine: sfn.StateMachine; storage?: CreatedStorage },
): DeadLetterQueue | undefined {
  if (!uploads && schedules.length === 0) return undefined;
  const rule = uploads && createUploadRule(context, uploads, storage);
  const deadLetters = createDeadLetterQueue(context, rule?.arn);
  if (rule) startOnUploads(context, rule, stateMachine.arn, deadLetters);
  if (schedules.length > 0) createSchedules(context, schedules, stateMachine.arn, deadLetters);
  return deadLetters;
}

function createUploadRule(
  { name, tags, parent }: Context,
  uploads: UploadSettings,
  storage: CreatedStorage | undefined,
): cloudwatch.EventRule {
  const own = storage?.bucketName;
  const buckets = uploads.buckets ?? (own ? [own] : []);
  const eventPattern = pulumi
    .all([pulumi.all(buckets), pulumi.output(own)])
    .apply(([names, ownName]) => JSON.stringify(uploadPattern(uploads, names, ownName)));
  if (storage?.isCreated) {
    // This resource writes a bucket's whole notification configuration, so existing buckets don't get it.
    new s3.BucketNotification(
      `${name}-bucket-notification`,
      { bucket: storage.bucketName, eventbridge: true },
      { parent },
    );
  }
  return new cloudwatch.EventRule(
    `${name}-uploads`,
    { description: `Uploaded videos start the pipeline ${name}`, eventPattern, tags },
    { parent },
  );
}

function startOnUploads(
  context: Context,
  rule: cloudwatch.EventRule,
  stateMachineArn: pulumi.Output<string>,
  deadLetters: DeadLetterQueue,
): void {
  const role = createRole(context, "uploads-role", { service: "events.amazonaws.com", source: rule.arn });
  const policy = createRolePolicy(context, "uploads-policy", role, [startExecutions(stateMachineArn)]);
  new cloudwatch.EventTarget(
    `${context.name}-uploads-target`,
    {
      rule: rule.name,
      arn: stateMachineArn,
      roleArn: role.arn,
      retryPolicy: RETRIES,
      deadLetterConfig: { arn: deadLetters.arn },
    },
    // The first upload may come immediately.
    { parent: context.parent, dependsOn: [policy, ...deadLetters.dependsOn] },
  );
}
