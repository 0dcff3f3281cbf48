import { renditionStates } from "../../../contract/states";
import type { BuiltBranch, BuiltTask } from "../asl/builtStates";
import type { Statement } from "../asl/statements";
import type { ChoiceState, States } from "../asl/states";
import { COMMON_PARAMETERS } from "../batch/jobArguments";
import { submitJob } from "../batch/submitJob";
import { branchFailure, type BranchFailure } from "../failure/branchFailure";
import { expression, literal } from "../jsonata/code";
import { hasPart, isPlanned } from "../jsonata/plan";
import type { WorkflowArns } from "../settings/arns";
import { recordsDoneSteps } from "../settings/policies";
import type { WorkflowRendition, WorkflowSettings } from "../settings/settings";
import { recordDone, skipIfDone } from "../storage/doneSteps";

/** A part of a rendition, and where the branch continues after it. */
interface RenditionPart {
  rendition: WorkflowRendition;
  /** Counts from 1. */
  number: number;
  queue: string;
  /** The first state of the next part. Absent after the last. */
  next?: string;
}

/** Encodes the parts of one rendition, one after the other. */
export function transcodeRendition(
  settings: WorkflowSettings,
  arns: WorkflowArns,
  rendition: WorkflowRendition,
): BuiltBranch {
  const names = renditionStates(rendition.name);
  const checks = settings.usesWorkerPlan || recordsDoneSteps(settings);
  const first = checks ? names.check : names.transcode;
  const failed = branchFailure(settings, arns, {
    states: names,
    omits: settings.continueOnRenditionFailure,
    missing: { rendition: literal(rendition.name) },
  });
  const states: States = {};
  const statements: Statement[] = [];
  settings.parts.forEach(({ queue }, index) => {
    const number = index + 1;
    const next = number === settings.parts.length ? undefined : first(number + 1);
    const part = { rendition, number, queue, next };
    if (checks) states[names.check(number)] = checkPart(settings, part);
    for (const [name, built] of transcodePart(settings, arns, part, failed)) {
      states[name] = built.state;
      statements.push(...built.statements);
    }
  });
  if (checks) states[names.skip] = { Type: "Succeed", Output: {} };
  return {
    branch: { StartAt: first(1), States: { ...states, ...failed.states } },
    statements: [...statements, ...failed.statements],
  };
}

/**
 * Skips a part that is done already, and a part that the plan does not have: the video may be smaller than the
 * rendition, or too short.
 */
function checkPart(settings: WorkflowSettings, { rendition, number, next }: RenditionPart): ChoiceState {
  const names = renditionStates(rendition.name);
  const step = names.transcode(number);
  const planned = number === 1 ? isPlanned(rendition.name) : hasPart(number);
  return {
    Type: "Choice",
    Choices: [
      ...(recordsDoneSteps(settings) ? [skipIfDone(step, next ?? names.skip)] : []),
      ...(settings.usesWorkerPlan ? [{ Condition: expression(planned), Next: step }] : []),
    ],
    Default: settings.usesWorkerPlan ? names.skip : step,
  };
}

/** Encodes a part, and records it as done. */
function transcodePart(
  settings: WorkflowSettings,
  arns: WorkflowArns,
  { rendition, number, queue, next }: RenditionPart,
  failed: BranchFailure,
): [name: string, built: BuiltTask][] {
  const names = renditionStates(rendition.name);
  const step = names.transcode(number);
  const records = recordsDoneSteps(settings);
  const transcode = submitJob(settings, arns, {
    job: "transcode",
    queue,
    name: step,
    track: rendition,
    parameters: { ...COMMON_PARAMETERS, rendition: rendition.name, part: String(number) },
    ...(settings.usesWorkerPlan ? { chunksOfPart: number } : {}),
    catch: failed.catcher(step),
    next: records ? names.recordDone(number) : next,
  });
  if (!records) return [[step, transcode]];
  return [
    [step, transcode],
    [names.recordDone(number), recordDone(settings, arns, { step, next, end: names.skip })],
  ];
}
