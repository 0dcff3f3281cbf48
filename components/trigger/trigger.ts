import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";

import { createDeadLetterQueue, type DeadLetterQueue } from "./deadLetterQueue";
import type { UploadSettings } from "./defaults";
import type { Pipeline } from "../settings";
import { createRole, createRolePolicy } from "../access/roles";
import { createSchedules } from "./schedules";
import { RETRIES, startExecutions } from "./startExecutions";
import type { CreatedStorage } from "../storage/storage";
import { uploadPattern } from "./uploadPattern";
import type { AwsLocation } from "../workflow/asl/statements";

/** What starts executions, and the queue for starts that fail. Nothing unless it is asked for. */
export function createTrigger(
  pipeline: Pipeline,
  storage: CreatedStorage | undefined,
  stateMachineArn: pulumi.Output<string>,
  place: pulumi.Output<AwsLocation>,
  parent: pulumi.Resource,
): DeadLetterQueue | undefined {
  const { uploads, schedules } = pipeline.trigger;
  if (!uploads && schedules.length === 0) return undefined;
  const rule = uploads && createRule(pipeline, uploads, storage, parent);
  const deadLetters = createDeadLetterQueue(pipeline, rule?.arn, parent);
  if (rule) createTarget(pipeline, rule, stateMachineArn, deadLetters, parent);
  if (schedules.length > 0) createSchedules(pipeline, stateMachineArn, place, deadLetters, parent);
  return deadLetters;
}

function createRule(
  pipeline: Pipeline,
  uploads: UploadSettings,
  storage: CreatedStorage | undefined,
  parent: pulumi.Resource,
): cloudwatch.EventRule {
  const { name, tags, outputPrefix } = pipeline;
  const own = storage?.bucketName;
  const buckets = uploads.buckets ?? (own ? [own] : []);
  const eventPattern = pulumi
    .all([pulumi.all(buckets), pulumi.output(own)])
    .apply(([names, ownName]) => JSON.stringify(uploadPattern(uploads, names, outputPrefix, ownName)));
  if (storage?.made) {
    // A bucket has one notification configuration, which this resource writes as a whole: only for a bucket that was made here.
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

function createTarget(
  pipeline: Pipeline,
  rule: cloudwatch.EventRule,
  stateMachineArn: pulumi.Output<string>,
  deadLetters: DeadLetterQueue,
  parent: pulumi.Resource,
): void {
  const role = createRole(pipeline, "uploads-role", { service: "events.amazonaws.com", source: rule.arn }, parent);
  const policy = createRolePolicy(pipeline, "uploads-policy", role, [startExecutions(stateMachineArn)], parent);
  new cloudwatch.EventTarget(
    `${pipeline.name}-uploads-target`,
    {
      rule: rule.name,
      arn: stateMachineArn,
      roleArn: role.arn,
      retryPolicy: RETRIES,
      deadLetterConfig: { arn: deadLetters.arn },
    },
    // The first upload may come right away.
    { parent, dependsOn: [policy, ...deadLetters.dependsOn] },
  );
}
