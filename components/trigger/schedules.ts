import type * as iam from "@pulumi/aws/iam";
import * as scheduler from "@pulumi/aws/scheduler";
import * as pulumi from "@pulumi/pulumi";

import type { DeadLetterQueue } from "./deadLetterQueue";
import { allowKeyVia } from "../access/encryption";
import type { Pipeline } from "../settings";
import { createRole, createRolePolicy } from "../access/roles";
import { RETRIES, startExecutions } from "./startExecutions";
import type { AwsLocation } from "../workflow/asl/statements";

/** Starts at fixed times. */
export function createSchedules(
  pipeline: Pipeline,
  stateMachineArn: pulumi.Output<string>,
  place: pulumi.Output<AwsLocation>,
  deadLetters: DeadLetterQueue,
  parent: pulumi.Resource,
): void {
  const { name, tags, trigger, keyArn } = pipeline;
  // The role can be kept to a group of schedules, and to nothing smaller.
  // https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
  const group = new scheduler.ScheduleGroup(`${name}-schedules`, { tags }, { parent });
  const role = createRole(
    pipeline,
    "schedules-role",
    { service: "scheduler.amazonaws.com", source: group.arn },
    parent,
  );
  const statements: iam.PolicyStatement[] = [
    startExecutions(stateMachineArn),
    { Sid: "KeepStarts", Effect: "Allow", Action: ["sqs:SendMessage"], Resource: [deadLetters.arn] },
    ...(keyArn === undefined
      ? []
      : [
          allowKeyVia("KeepStartsWithKey", ["kms:Decrypt", "kms:GenerateDataKey"], keyArn, "sqs", place),
          readInputs(keyArn, group),
        ]),
  ];
  const policy = createRolePolicy(pipeline, "schedules-policy", role, statements, parent);
  for (const schedule of trigger.schedules) {
    new scheduler.Schedule(
      `${name}-${schedule.name}-schedule`,
      {
        groupName: group.name,
        description: `Starts the pipeline ${name} with one video`,
        scheduleExpression: schedule.expression,
        scheduleExpressionTimezone: schedule.timezone,
        flexibleTimeWindow: { mode: "OFF" },
        kmsKeyArn: keyArn,
        target: {
          arn: stateMachineArn,
          roleArn: role.arn,
          input: inputOf(schedule),
          retryPolicy: RETRIES,
          deadLetterConfig: { arn: deadLetters.arn },
        },
      },
      // Scheduler tries the role when it makes the schedule.
      { parent, dependsOn: [policy] },
    );
  }
}

/**
 * Scheduler encrypts the inputs of schedules with the key, and reads them as this role.
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/encryption-rest.html
 */
function readInputs(keyArn: pulumi.Input<string>, group: scheduler.ScheduleGroup): iam.PolicyStatement {
  const schedules = group.arn.apply((arn) => `${arn.replace(":schedule-group/", ":schedule/")}/*`);
  return {
    Sid: "ReadInputsWithKey",
    Effect: "Allow",
    Action: ["kms:Decrypt"],
    Resource: [keyArn],
    Condition: { ArnLike: { "kms:EncryptionContext:aws:scheduler:schedule:arn": schedules } },
  };
}

function inputOf({ input, output }: Pipeline["trigger"]["schedules"][number]): pulumi.Output<string> {
  return pulumi.output({ input, output }).apply((known) => JSON.stringify(known));
}
