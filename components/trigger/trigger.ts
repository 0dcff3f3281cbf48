import type * as sfn from "@pulumi/aws/sfn";
import type * as pulumi from "@pulumi/pulumi";

import type { Context } from "../context/context";
import type { EventBus } from "../events/eventBus";
import type { CreatedStorage } from "../storage/storage";
import type { WorkflowSettings } from "../workflow/settings/settings";
import type { ReadableBuckets } from "./checkSampleBucket";
import { createDeadLetterQueue, type DeadLetterQueue } from "./deadLetterQueue";
import type { TriggerSettings } from "./defaults";
import { createEventRule } from "./eventRule";
import { createSchedules } from "./schedules";
import { startOnEvents } from "./startOnEvents";
import { createUploadRule } from "./uploadRule";

/** What is there before the trigger. */
interface Created {
  stateMachine: sfn.StateMachine;
  workflow: WorkflowSettings;
  storage?: CreatedStorage;
  /** The buckets that jobs may read. Absent if no job has storage. */
  buckets?: ReadableBuckets;
  eventBus?: EventBus;
  jobQueueArns: pulumi.Output<Record<string, string>>;
  jobDefinitionArns: pulumi.Output<Record<string, string>>;
}

/** What starts executions, and the queue for failed starts. Empty without the argument. */
export function createTrigger(
  context: Context,
  { uploads, schedules, events }: TriggerSettings,
  { stateMachine, storage, ...others }: Created,
): DeadLetterQueue | undefined {
  if (!uploads && !events && schedules.length === 0) return undefined;
  const own = { ...others, bucketName: storage?.bucketName, stateMachineArn: stateMachine.arn };
  const rules = [
    ...(uploads ? [createUploadRule(context, uploads, storage)] : []),
    ...(events ? [createEventRule(context, events, own)] : []),
  ];
  const ruleArns = rules.map(({ rule }) => rule.arn);
  const deadLetters = createDeadLetterQueue(context, ruleArns);
  for (const rule of rules) startOnEvents(context, rule, stateMachine.arn, deadLetters);
  if (schedules.length > 0) createSchedules(context, schedules, stateMachine.arn, deadLetters);
  return deadLetters;
}
