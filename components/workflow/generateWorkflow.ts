import { everyState } from "../../contract/asl";
import {
  ASK_FOR_APPROVAL,
  CHECK_COMPLETENESS,
  CHECK_RENDITIONS,
  EXTRACT_METADATA,
  FIND_DONE_JOBS,
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
import { failedUntilRedriven, type ResumedStep } from "./failure/redrive";
import { notifyFailure, notifyPartial, notifySuccess } from "./notices/notify";
import type { WorkflowArns } from "./settings/arns";
import { continuesOnFailure, recordsDoneSteps } from "./settings/policies";
import type { WorkflowSettings } from "./settings/settings";
import { askForApproval } from "./steps/askForApproval";
import { extractMetadata } from "./steps/extractMetadata";
import { packageVideo } from "./steps/packageVideo";
import { processVideo } from "./steps/processVideo";
import { readPlan } from "./steps/readPlan";
import { findDoneJobs } from "./storage/doneSteps";

export interface GeneratedWorkflow {
  definition: StateMachineDefinition;
  /** The permissions of the state machine's role: exactly what the definition calls. */
  statements: Statement[];
}

/** A step of the main line, followed by the next one. */
interface Step {
  name: string;
  /** Whether it may fail, so that a redrive resumes there. */
  resumable: boolean;
  build: (next: string) => BuiltStates;
}

/** The state machine of a pipeline. Pure: the same settings and ARNs give the same definition. */
export function generateWorkflow(settings: WorkflowSettings, arns: WorkflowArns): GeneratedWorkflow {
  const line = mainLine(settings, arns);
  const built = [
    ...line.flatMap(({ build }, index) => build(line[index + 1]?.name ?? NOTIFY_SUCCESS)),
    ...(continuesOnFailure(settings) ? [notifyPartial(settings, arns)] : []),
    notifySuccess(settings, arns),
    ...(settings.usesWorkerPlan ? [readCause(settings, arns)] : []),
    notifyFailure(settings, arns),
    failedUntilRedriven(EXTRACT_METADATA, [
      ...line.flatMap(({ name, resumable }) =>
        resumable && name !== EXTRACT_METADATA ? [resumedStep(settings, name)] : [],
      ),
      ...(continuesOnFailure(settings) ? [{ step: NOTIFY_PARTIAL }] : []),
      { step: NOTIFY_SUCCESS },
    ]),
    ...(recordsDoneSteps(settings) ? [findDoneJobs(settings, arns, PROCESS_VIDEO)] : []),
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

/** Only the branches may be partly done. */
function resumedStep(settings: WorkflowSettings, step: string): ResumedStep {
  return step === PROCESS_VIDEO && recordsDoneSteps(settings) ? { step, through: FIND_DONE_JOBS } : { step };
}

function mainLine(settings: WorkflowSettings, arns: WorkflowArns): Step[] {
  const { usesWorkerPlan, jobs, approval } = settings;
  const step = (name: string, build: Step["build"]): Step => ({ name, resumable: true, build });
  const choice = (name: string, build: Step["build"]): Step => ({ name, resumable: false, build });
  return [
    step(EXTRACT_METADATA, (next) => extractMetadata(settings, arns, next)),
    ...(usesWorkerPlan ? [step(READ_PLAN, (next) => readPlan(settings, arns, next))] : []),
    step(PROCESS_VIDEO, (next) => processVideo(settings, arns, next)),
    ...(settings.continueOnRenditionFailure
      ? [choice(CHECK_RENDITIONS, (next) => checkRenditions(settings, next))]
      : []),
    ...(approval ? [step(ASK_FOR_APPROVAL, (next) => askForApproval(settings, arns, approval, next))] : []),
    ...(jobs.package ? [step(PACKAGE_VIDEO, (next) => packageVideo(settings, arns, next))] : []),
    ...(continuesOnFailure(settings)
      ? [choice(CHECK_COMPLETENESS, (next) => checkCompleteness(NOTIFY_PARTIAL, next))]
      : []),
  ];
}
