import { everyState } from "../../contract/asl";
import {
  CHECK_APPROVAL,
  CHECK_COMPLETENESS,
  CHECK_RENDITIONS,
  EXTRACT_METADATA,
  NOTIFY_PARTIAL,
  NOTIFY_SUCCESS,
  PACKAGE_VIDEO,
  PROCESS_VIDEO,
  READ_DAMAGE,
  READ_EVENT,
  READ_PLAN,
  SEND_PLANNED,
  SEND_PUBLISHED,
} from "../../contract/states";
import type { BuiltStates } from "./asl/builtStates";
import { mergeStatements, type Statement } from "./asl/statements";
import type { StateMachineDefinition } from "./asl/states";
import { sendFailed, sendPlanned, sendPublished } from "./events/sendEvents";
import { executionTimeout } from "./executionTimeout";
import { checkCompleteness, checkRenditions } from "./failure/missing";
import { readCause } from "./failure/readCause";
import { awaitRedrive } from "./failure/redrive";
import { notifyFailure, notifyPartial, notifySuccess } from "./notices/notify";
import type { WorkflowArns } from "./settings/arns";
import { continuesOnFailure, remakes, reportsDamage } from "./settings/policies";
import type { WorkflowSettings } from "./settings/settings";
import { askForApproval } from "./steps/askForApproval";
import { extractMetadata } from "./steps/extractMetadata";
import { checkPackaging, packageVideo } from "./steps/packageVideo";
import { processVideo } from "./steps/processVideo";
import { readDamage } from "./steps/readDamage";
import { readEvent } from "./steps/readEvent";
import { readPlan } from "./steps/readPlan";

export interface GeneratedWorkflow {
  definition: StateMachineDefinition;
  /** The permissions of the state machine's role: exactly what the definition calls. */
  statements: Statement[];
}

/** A state of the main line, followed by another one. */
interface LineState {
  name: string;
  build: (next: string) => BuiltStates;
}

/** The state machine of a pipeline. Pure: the same settings and ARNs give the same definition. */
export function generateWorkflow(settings: WorkflowSettings, arns: WorkflowArns): GeneratedWorkflow {
  const line = mainLine(settings, arns);
  const working = [
    ...line.flatMap(({ build }, index) => build(line[index + 1]?.name ?? NOTIFY_SUCCESS)),
    ...(continuesOnFailure(settings) ? [notifyPartial(settings, arns)] : []),
    notifySuccess(settings, arns),
    ...(remakes(settings) ? [checkPackaging(settings)] : []),
    ...(settings.usesWorkerPlan ? [readCause(settings, arns)] : []),
    notifyFailure(settings, arns),
    ...(settings.sendsEvents ? [sendFailed(settings, arns)] : []),
  ];
  const built = [...working, awaitRedrive(settings, namesIn(working))];
  const definition: StateMachineDefinition = {
    Comment: `Video batch pipeline "${settings.name}"`,
    QueryLanguage: "JSONata",
    StartAt: line[0]?.name ?? EXTRACT_METADATA,
    TimeoutSeconds: executionTimeout(settings),
    States: Object.assign({}, ...built.map(({ states }) => states)) as StateMachineDefinition["States"],
  };
  assertUniqueNames(built);
  return { definition, statements: mergeStatements(built.flatMap(({ statements }) => statements)) };
}

/**
 * The checks refuse renditions whose states would have the names of others. This error is for developers who add a state.
 * @see https://states-language.net/#states-fields
 */
function assertUniqueNames(built: BuiltStates[]): void {
  const names = namesIn(built);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw new Error(`Two states of the definition are named "${twice}".`);
}

/** The names of all states, also of those in branches. */
function namesIn(built: BuiltStates[]): string[] {
  return built.flatMap(({ states }) => everyState({ StartAt: "", States: states }).map(({ name }) => name));
}

function mainLine(settings: WorkflowSettings, arns: WorkflowArns): LineState[] {
  const { usesWorkerPlan, jobs, approval, sendsEvents, eventMapping } = settings;
  const state = (name: string, build: LineState["build"]): LineState => ({ name, build });
  return [
    ...(eventMapping ? [state(READ_EVENT, (next) => readEvent(settings, eventMapping, next))] : []),
    state(EXTRACT_METADATA, (next) => extractMetadata(settings, arns, next)),
    ...(usesWorkerPlan ? [state(READ_PLAN, (next) => readPlan(settings, arns, next))] : []),
    ...(sendsEvents ? [state(SEND_PLANNED, (next) => sendPlanned(settings, arns, next))] : []),
    state(PROCESS_VIDEO, (next) => processVideo(settings, arns, next)),
    ...(settings.continueOnRenditionFailure
      ? [state(CHECK_RENDITIONS, (next) => checkRenditions(settings, next))]
      : []),
    ...(approval ? [state(CHECK_APPROVAL, (next) => askForApproval(settings, arns, approval, next))] : []),
    ...(jobs.package ? [state(PACKAGE_VIDEO, (next) => packageVideo(settings, arns, next))] : []),
    ...(reportsDamage(settings) ? [state(READ_DAMAGE, (next) => readDamage(settings, arns, next))] : []),
    ...(sendsEvents ? [state(SEND_PUBLISHED, (next) => sendPublished(settings, arns, next))] : []),
    ...(continuesOnFailure(settings)
      ? [state(CHECK_COMPLETENESS, (next) => checkCompleteness(NOTIFY_PARTIAL, next))]
      : []),
  ];
}
