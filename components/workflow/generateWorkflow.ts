import { everyState } from "../../contract/asl";
import {
  ASK_FOR_APPROVAL,
  CHECK_APPROVAL,
  CHECK_COMPLETENESS,
  CHECK_RENDITIONS,
  EXTRACT_METADATA,
  NOTIFY_PARTIAL,
  NOTIFY_SUCCESS,
  PACKAGE_VIDEO,
  PROCESS_VIDEO,
  READ_PLAN,
} from "../../contract/states";
import type { BuiltStates } from "./asl/builtStates";
import { mergeStatements, type Statement } from "./asl/statements";
import type { StateMachineDefinition } from "./asl/states";
import { executionTimeout } from "./executionTimeout";
import { checkCompleteness, checkRenditions } from "./failure/missing";
import { readCause } from "./failure/readCause";
import { awaitRedrive } from "./failure/redrive";
import { notifyFailure, notifyPartial, notifySuccess } from "./notices/notify";
import type { WorkflowArns } from "./settings/arns";
import { continuesOnFailure, remakes } from "./settings/policies";
import type { WorkflowSettings } from "./settings/settings";
import { askForApproval, checkApproval } from "./steps/askForApproval";
import { extractMetadata } from "./steps/extractMetadata";
import { checkPackaging, packageVideo } from "./steps/packageVideo";
import { processVideo } from "./steps/processVideo";
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
  const notices = [...(continuesOnFailure(settings) ? [NOTIFY_PARTIAL] : []), NOTIFY_SUCCESS];
  const built = [
    ...line.flatMap(({ build }, index) => build(line[index + 1]?.name ?? NOTIFY_SUCCESS)),
    ...(continuesOnFailure(settings) ? [notifyPartial(settings, arns)] : []),
    notifySuccess(settings, arns),
    ...(remakes(settings) ? [checkPackaging(settings)] : []),
    ...(settings.usesWorkerPlan ? [readCause(settings, arns)] : []),
    notifyFailure(settings, arns),
    awaitRedrive(settings, [...line.map(({ name }) => name), ...notices]),
  ];
  const definition: StateMachineDefinition = {
    Comment: `Video batch pipeline "${settings.name}"`,
    QueryLanguage: "JSONata",
    StartAt: EXTRACT_METADATA,
    TimeoutSeconds: executionTimeout(settings),
    States: Object.assign({}, ...built.map(({ states }) => states)) as StateMachineDefinition["States"],
  };
  assertUniqueNames(built);
  return { definition, statements: mergeStatements(built.flatMap(({ statements }) => statements)) };
}

/**
 * The checks refuse renditions whose states would have the names of others. The error is for whoever adds a state.
 * @see https://states-language.net/#states-fields
 */
function assertUniqueNames(built: BuiltStates[]): void {
  const names = built.flatMap(({ states }) => everyState({ StartAt: "", States: states }).map(({ name }) => name));
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw new Error(`Two states of the definition have the name "${twice}".`);
}

function mainLine(settings: WorkflowSettings, arns: WorkflowArns): LineState[] {
  const { usesWorkerPlan, jobs, approval } = settings;
  const state = (name: string, build: LineState["build"]): LineState => ({ name, build });
  const afterApproval = jobs.package
    ? PACKAGE_VIDEO
    : continuesOnFailure(settings)
      ? CHECK_COMPLETENESS
      : NOTIFY_SUCCESS;
  return [
    state(EXTRACT_METADATA, (next) => extractMetadata(settings, arns, next)),
    ...(usesWorkerPlan ? [state(READ_PLAN, (next) => readPlan(settings, arns, next))] : []),
    state(PROCESS_VIDEO, (next) => processVideo(settings, arns, next)),
    ...(settings.continueOnRenditionFailure
      ? [state(CHECK_RENDITIONS, (next) => checkRenditions(settings, next))]
      : []),
    ...(approval
      ? [
          state(CHECK_APPROVAL, () => checkApproval(settings, afterApproval)),
          state(ASK_FOR_APPROVAL, (next) => askForApproval(settings, arns, approval, next)),
        ]
      : []),
    ...(jobs.package ? [state(PACKAGE_VIDEO, (next) => packageVideo(settings, arns, next))] : []),
    ...(continuesOnFailure(settings)
      ? [state(CHECK_COMPLETENESS, (next) => checkCompleteness(NOTIFY_PARTIAL, next))]
      : []),
  ];
}
