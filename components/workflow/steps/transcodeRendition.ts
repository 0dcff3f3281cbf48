import { renditionStates } from "../../../contract/states";
import type { ChoiceState, States, Template } from "../asl/states";
import { ifDone, writeDownDone, writesDownDone } from "../storage/doneJobs";
import { endOfBranch, type EndOfBranch } from "../failure/branchFailure";
import { code, expression, literal } from "../jsonata/code";
import type { Statement } from "../asl/statements";
import { jobOnQueue } from "../batch/jobOnQueue";
import type { WorkflowArns, WorkflowPart, WorkflowRendition, WorkflowSettings } from "../settings/settings";
import { type BuiltBranch, pickParameters } from "../asl/builtStates";
import { submitJob } from "../batch/submitJob";
import { stateTimeout } from "../asl/timeouts";

/** The parts of one rendition, one after the other. */
export function transcodeRendition(
  settings: WorkflowSettings,
  arns: WorkflowArns,
  rendition: WorkflowRendition,
): BuiltBranch {
  const names = renditionStates(rendition.name);
  const states: States = {};
  const statements: Statement[] = [];
  const failed = endOfBranch(settings, arns, {
    states: names,
    givenUp: settings.continueOnRenditionFailure,
    missing: `'rendition': ${literal(rendition.name)}`,
  });
  const writesDown = writesDownDone(settings);
  const checks = settings.usesWorkerPlan || writesDown;
  const first = (number: number): string => (checks ? names.check(number) : names.transcode(number));
  settings.parts.forEach((part, index) => {
    const number = index + 1;
    const next = number === settings.parts.length ? undefined : first(number + 1);
    const step = names.transcode(number);
    const built = transcodePart(
      settings,
      arns,
      rendition,
      part,
      number,
      failed,
      writesDown ? names.recordDone(number) : next,
    );
    if (checks) states[names.check(number)] = check(settings, rendition.name, number, next ?? names.skip);
    states[step] = built.state;
    statements.push(...built.statements);
    if (!writesDown) return;
    const done = writeDownDone(settings, arns, step, next, names.skip);
    states[names.recordDone(number)] = done.state;
    statements.push(...done.statements);
  });
  if (checks) states[names.skip] = { Type: "Succeed", Output: {} };
  Object.assign(states, failed.states);
  return {
    branch: { StartAt: first(1), States: states },
    statements: [...statements, ...failed.statements],
  };
}

/** A part may be done already. A video may be smaller than the rendition, or too short for the part. */
function check(settings: WorkflowSettings, rendition: string, part: number, next: string): ChoiceState {
  const names = renditionStates(rendition);
  const step = names.transcode(part);
  const condition = part === 1 ? `${literal(rendition)} in $renditions` : `$count($chunks) >= ${part}`;
  return {
    Type: "Choice",
    Choices: [
      ...(writesDownDone(settings) ? [ifDone(step, next)] : []),
      ...(settings.usesWorkerPlan ? [{ Condition: expression(condition), Next: step }] : []),
    ],
    Default: settings.usesWorkerPlan ? names.skip : step,
  };
}

function transcodePart(
  settings: WorkflowSettings,
  arns: WorkflowArns,
  rendition: WorkflowRendition,
  part: WorkflowPart,
  number: number,
  failed: EndOfBranch,
  next: string | undefined,
) {
  const step = renditionStates(rendition.name).transcode(number);
  const job = settings.jobs.transcode;
  const submit = jobOnQueue(settings, arns, {
    job: "transcode",
    queue: part.queue,
    name: step,
    only: rendition,
    parameters: pickParameters(job.parameters, {
      input: expression("$input"),
      output: expression("$output"),
      plan: expression("$plan"),
      rendition: rendition.name,
      part: String(number),
    }),
  });
  return submitJob({
    ...submit,
    arguments: settings.usesWorkerPlan ? inChunks(submit.arguments, number) : submit.arguments,
    timeoutSeconds: stateTimeout(settings, job, rendition.attemptTimeoutSeconds),
    catch: failed.catcher(step),
    next,
  });
}

/**
 * The size of an array job is at least two, so one chunk is a plain job. JSONata has no value that leaves a field out of a
 * template, which is why the arguments are one expression.
 */
function inChunks(submit: Template, part: number): string {
  const size = `$chunks[${part - 1}]`;
  return expression(`$merge([${code(submit)}, ${size} > 1 ? {'ArrayProperties': {'Size': ${size}}} : {}])`);
}
