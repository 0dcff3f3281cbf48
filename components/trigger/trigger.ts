import type * as sfn from "@pulumi/aws/sfn";

import type { Context } from "../context/context";
import type { CreatedStorage } from "../storage/storage";
import { createDeadLetterQueue, type DeadLetterQueue } from "./deadLetterQueue";
import type { TriggerSettings } from "./defaults";
import { createSchedules } from "./schedules";
import { createUploadRule, startOnUploads } from "./uploads";

/** What starts executions, and the queue for failed starts. Nothing unless it is asked for. */
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
