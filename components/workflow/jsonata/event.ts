import { REJECTED } from "../../../contract/notices";
import { outputs } from "../../../contract/outputs";
import { type EventOrigin, VIDEO_EVENTS } from "../../../contract/videoEvents";
import { block, type Code, list, literal, object } from "./code";
import { DAMAGE_MEMBERS } from "./damage";
import { isIncomplete, nameList } from "./missing";
import { MANIFEST, PLAYLIST } from "./noticeTexts";
import { belowOutput } from "./outputObjects";
import { bindShown } from "./shown";
import { VARIABLES } from "./variables";

/** Characters of the execution's input, as JSON: an event has at most 256 KiB, and an input may have as much. */
const MAX_INPUT = 16_384;

/** The members of every detail that identify the execution. Read `$states.context`. */
function origin(pipeline: string): Record<keyof EventOrigin, Code> {
  return {
    version: "1",
    pipeline: literal(pipeline),
    execution: "$states.context.Execution.Id",
    executionName: "$states.context.Execution.Name",
    stateMachine: "$states.context.StateMachine.Id",
    startTime: "$states.context.Execution.StartTime",
  };
}

/** What a job needs to send an event of its own, as JSON: an `EventTarget`. Reads `$states.context`. */
export function eventTarget(pipeline: string, bus: string): Code {
  return `$string(${object({ bus: literal(bus), detail: object(origin(pipeline)) })})`;
}

/**
 * The detail of an event: the execution, its video and output, its whole input unless that is long, and the event's own members, which
 * may read what their state may, and `$shown`. Members without a value are left out. Reads `$input`, `$output` and `$states.context`.
 */
export function eventDetail(pipeline: string, members: Record<string, Code>): Code {
  const given = "$states.context.Execution.Input";
  return block(
    bindShown(),
    object({
      ...origin(pipeline),
      input: `$shown(${VARIABLES.input})`,
      output: `$shown(${VARIABLES.output})`,
      executionInput: `$length($string(${given})) <= ${MAX_INPUT} ? ${given}`,
      ...members,
    }),
  );
}

/** Where the worker says what it found and what it will make. Read `$output`. */
export const PLANNED_MEMBERS: Record<string, Code> = {
  metadata: belowOutput(outputs.metadata),
  plan: belowOutput(outputs.plan),
};

/** What the workflow knows of a video that is published, by its settings. */
export interface PublishedVideo {
  /** Whether the worker makes the files. Then it reads `$leftOut`. */
  files: boolean;
  /** Whether failures may be left out. Then it reads `$missing`. */
  incomplete: boolean;
  /** Whether it reads `$damage`. */
  damage: boolean;
  /** Whether it reads `$approvedBy`. */
  approved: boolean;
}

export function publishedMembers({ files, incomplete, damage, approved }: PublishedVideo): Record<string, Code> {
  const omissions = [...(incomplete ? [VARIABLES.missing] : []), ...(files ? [VARIABLES.leftOut] : [])];
  const missing = list(...omissions);
  return {
    status: incomplete ? `${isIncomplete()} ? 'PARTIAL' : 'SUCCEEDED'` : literal("SUCCEEDED"),
    ...(files ? { manifest: MANIFEST, playlist: PLAYLIST } : {}),
    ...(omissions.length > 0 ? { missing: `$count(${missing}) > 0 ? ${nameList(missing)}` } : {}),
    ...(damage ? DAMAGE_MEMBERS : {}),
    ...(approved ? { approvedBy: `$shown(${VARIABLES.approvedBy})` } : {}),
  };
}

/** The kind of a failure's event. Reads `$failure`. */
export function failedEvent(): Code {
  return `$failure.error = ${literal(REJECTED)} ? ${literal(VIDEO_EVENTS.rejected)} : ${literal(VIDEO_EVENTS.failed)}`;
}
