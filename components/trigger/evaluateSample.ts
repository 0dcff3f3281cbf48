import { inputOfEvent } from "../workflow/jsonata/eventInput";
import type { WorkflowSettings } from "../workflow/settings/settings";
import { type Evaluation, evaluateNow } from "./evaluateNow";

/** The execution's input that the first state makes of an event, by the same expression, and the context that it reads. */
export function evaluateSample(
  sample: object,
  { eventMapping = { uploads: false } }: WorkflowSettings,
): Evaluation & { context: object } {
  const context = { Execution: { Input: sample } };
  return { ...evaluateNow(inputOfEvent(eventMapping), { input: sample, context }), context };
}
