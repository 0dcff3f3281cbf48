import { bind, block, type Code } from "./code";
import { EXECUTION_INPUT } from "./redrive";

/** How events become inputs of executions. */
export interface EventMapping {
  /** The user's JSONata, which yields the input where the event is the context. Absent where `detail` is the input. */
  executionInput?: Code;
  /** Whether uploads start executions too, with events of S3 that name their video themselves. */
  uploads: boolean;
}

/**
 * The input of an execution that an event may have started. Other inputs, such as a schedule's, stay as they are, and so do S3's events
 * of uploads. From an event comes its detail, or what the user's expression yields, and in any case an object. Reads `$states.input`,
 * which must be the execution's.
 */
export function inputOfEvent({ executionInput, uploads }: EventMapping): Code {
  const keepsUploads = executionInput === undefined || uploads;
  const mapped = executionInput === undefined ? "$states.input.detail" : `$states.input.(${executionInput})`;
  const isMapped = `${isEvent("$states.input")}${keepsUploads ? " and $not($exists($states.input.detail.object.key))" : ""}`;
  return block(
    bind("$isMapped", isMapped),
    bind("$mapped", `$isMapped ? ${mapped} : $states.input`),
    "$isMapped ? ($type($mapped) = 'object' ? $mapped : {}) : $mapped",
  );
}

/** What `inputOfEvent` made. Reads `$states.input`. */
export const READ_INPUT: Code = "$states.input";

/** What the only branch of a Parallel yields. Reads `$states.result`. */
export const BRANCH_RESULT: Code = "$states.result[0]";

/**
 * Whether an event names no video. Inputs that come from no event are left to the first step. Reads `$states.input`, which
 * `inputOfEvent` made, and `$states.context`.
 */
export function lacksVideo(): Code {
  const named = "$type($states.input.input) = 'string' ? $contains($states.input.input, '://') : false";
  return block(
    bind("$hasVideo", `$exists($states.input.detail.object.key) ? true : (${named})`),
    `${isEvent(EXECUTION_INPUT)} and $not($hasVideo)`,
  );
}

/** EventBridge gives every event a detail-type. */
function isEvent(value: Code): Code {
  return `$type(${value}) = 'object' and $exists(${value}.'detail-type')`;
}
