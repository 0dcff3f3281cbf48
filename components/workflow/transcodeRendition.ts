import type { ChoiceState, States, Template } from "./asl";
import { branchFailed, branchGivenUp, failureInBranch } from "./failure";
import { code, expression, literal } from "./jsonata";
import type { Statement } from "./permissions";
import { jobOnQueue } from "./jobOnQueue";
import type { WorkflowArns, WorkflowPart, WorkflowRendition, WorkflowSettings } from "./settings";
import { type BuiltBranch, chosen } from "./states";
import { submitJob } from "./submitJob";
import { stateTimeout } from "./timeouts";

/** The parts of one rendition, one after the other. */
export function transcodeRendition(
  settings: WorkflowSettings,
  arns: WorkflowArns,
  rendition: WorkflowRendition,
): BuiltBranch {
  const names = namesOf(rendition.name);
  const states: States = {};
  const statements: Statement[] = [];
  settings.parts.forEach((part, index) => {
    const number = index + 1;
    const following = settings.followsPlan ? names.check(number + 1) : names.transcode(number + 1);
    const next = number === settings.parts.length ? undefined : following;
    const built = transcodePart(settings, arns, rendition, part, number, next);
    if (settings.followsPlan) states[names.check(number)] = check(rendition.name, number);
    states[names.transcode(number)] = built.state;
    statements.push(...built.statements);
  });
  if (settings.followsPlan) states[names.skip] = { Type: "Succeed", Output: {} };
  states[names.failed] = settings.continueOnRenditionFailure
    ? branchGivenUp(`'rendition': ${literal(rendition.name)}`)
    : branchFailed();
  return {
    branch: { StartAt: settings.followsPlan ? names.check(1) : names.transcode(1), States: states },
    statements,
  };
}

function namesOf(rendition: string) {
  return {
    check: (part: number) => `Check_${rendition}-${part}`,
    transcode: (part: number) => `Transcode_${rendition}-${part}`,
    skip: `Skip_${rendition}`,
    failed: `Transcode_${rendition} Failed`,
  };
}

/** A video may be smaller than the rendition, or too short for the part. */
function check(rendition: string, part: number): ChoiceState {
  const names = namesOf(rendition);
  const condition = part === 1 ? `${literal(rendition)} in $renditions` : `$count($chunks) >= ${part}`;
  return {
    Type: "Choice",
    Choices: [{ Condition: expression(condition), Next: names.transcode(part) }],
    Default: names.skip,
  };
}

function transcodePart(
  settings: WorkflowSettings,
  arns: WorkflowArns,
  rendition: WorkflowRendition,
  part: WorkflowPart,
  number: number,
  next: string | undefined,
) {
  const { transcode, failed } = namesOf(rendition.name);
  const step = transcode(number);
  const job = settings.jobs.transcode;
  const submit = jobOnQueue(settings, arns, {
    job: "transcode",
    queue: part.queue,
    name: step,
    only: rendition,
    parameters: chosen(job.parameters, {
      input: expression("$input"),
      output: expression("$output"),
      plan: expression("$plan"),
      rendition: rendition.name,
      part: String(number),
    }),
  });
  return submitJob({
    ...submit,
    arguments: settings.followsPlan ? inChunks(submit.arguments, number) : submit.arguments,
    timeoutSeconds: stateTimeout(settings, job, rendition.attemptTimeoutSeconds),
    catch: failureInBranch(step, failed),
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
