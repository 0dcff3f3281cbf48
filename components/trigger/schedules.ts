import type * as iam from "@pulumi/aws/iam";
import * as scheduler from "@pulumi/aws/scheduler";
import * as pulumi from "@pulumi/pulumi";

import { allowKeyVia, READ_AND_WRITE } from "../access/keyUse";
import { createRole, createRolePolicy } from "../access/roles";
import { allow } from "../access/statements";
import type { Context } from "../context/context";
import { textOf } from "../context/mockedOutputs";
import type { DeadLetterQueue } from "./deadLetterQueue";
import type { ScheduleSettings } from "./defaults";
import { RETRIES, startExecutions } from "./startExecutions";

/** Starts executions at fixed times. */
export function createSchedules(
  context: Context,
  schedules: ScheduleSettings[],
  stateMachineArn: pulumi.Output<string>,
  deadLetters: DeadLetterQueue,
): void {
  const { name, tags, keyArn, parent } = context;
  // Scheduler can't limit a role's trust to anything smaller than a group of schedules.
  // https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
  const group = new scheduler.ScheduleGroup(`${name}-schedules`, { tags }, { parent });
  const role = createRole(context, "schedules-role", { service: "scheduler.amazonaws.com", source: group.arn });
  const policy = createRolePolicy(context, "schedules-policy", role, [
    startExecutions(stateMachineArn),
    allow("KeepStarts", ["sqs:SendMessage"], [deadLetters.arn]),
    ...(keyArn === undefined
      ? []
      : [
          allowKeyVia(context, { sid: "KeepStartsWithKey", actions: READ_AND_WRITE, keyArn, service: "sqs" }),
          readInputs(keyArn, group),
        ]),
  ]);
  for (const schedule of schedules) {
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
          input: executionInput(schedule),
          retryPolicy: RETRIES,
          deadLetterConfig: { arn: deadLetters.arn },
        },
      },
      // Scheduler tries the role when it creates the schedule.
      { parent, dependsOn: [policy] },
    );
  }
}

/**
 * Scheduler encrypts the inputs of schedules with the key, and reads them as this role.
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/encryption-rest.html
 */
function readInputs(keyArn: pulumi.Input<string>, group: scheduler.ScheduleGroup): iam.PolicyStatement {
  const schedules = textOf(group.arn).apply((arn) => `${arn.replace(":schedule-group/", ":schedule/")}/*`);
  const Condition = { ArnLike: { "kms:EncryptionContext:aws:scheduler:schedule:arn": schedules } };
  return { ...allow("ReadInputsWithKey", ["kms:Decrypt"], [keyArn]), Condition };
}

function executionInput({ input, output }: ScheduleSettings): pulumi.Output<string> {
  return pulumi.output({ input, output }).apply((known) => JSON.stringify(known));
}
