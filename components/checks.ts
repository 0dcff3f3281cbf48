import { checkEncryption, checkRoles } from "./access/checks";
import type { VideoBatchPipelineArgs } from "./args";
import { checkEksTogether } from "./compute/checkEks";
import { checkComputeEnvironments, checkEnvironmentTags, checkInstanceProfile } from "./compute/checks";
import { checkEvents } from "./events/checks";
import { InvalidArguments } from "./invalidArguments";
import { checkImage } from "./jobs/checkImage";
import { checkPlacement } from "./jobs/checkPlacement";
import { checkPods } from "./jobs/checkPods";
import { checkJobDefaults, checkJobRole, checkJobs, checkJobsTogether } from "./jobs/checks";
import {
  checkAudio,
  checkDamage,
  checkDuration,
  checkPreset,
  checkRenditions,
  checkRenditionsOnEks,
  checkTiming,
} from "./media/checks";
import { checkLogs } from "./monitoring/checks";
import { checkNetwork } from "./network/checks";
import { checkNotifications } from "./notifications/checks";
import { checkParts } from "./queues/checkParts";
import { checkQueueEnvironments, checkQueues } from "./queues/checks";
import { type Check, type Problem, when } from "./rules/problem";
import { badTags } from "./rules/tags";
import schema from "./schema.json";
import { normalise, type Settings } from "./settings";
import { checkApproval, checkApprovalTime, checkWorkflow } from "./stateMachine/checks";
import { checkPolicySizes } from "./stateMachine/checkPolicySizes";
import { checkDefinitionSize, checkJobDefinitionSizes, checkSubmitSizes } from "./stateMachine/checkSizes";
import { checkIntermediateExpiration, checkStorage } from "./storage/checks";
import { readArguments } from "./structure/readArguments";
import { unlessUnreadable, withUnreadable } from "./structure/unreadable";
import { checkEventTrigger, checkEventTriggerTogether } from "./trigger/checkEventTrigger";
import { checkTrigger, checkTriggerInStorage } from "./trigger/checks";

type PipelineCheck = Check<VideoBatchPipelineArgs, Settings>;

/** The names of the bucket, which have 63 characters and no underscores, and of the roles, which have 64, begin with the pipeline's. */
const checkName: PipelineCheck = ({ name }) =>
  when(!/^[A-Za-z][A-Za-z0-9-]{0,31}$/.test(name), {
    path: "name",
    rule: "must be 1 to 32 letters, digits or hyphens, and begin with a letter",
    received: name,
    remedy: "All resource names begin with it: choose a short one such as videos.",
  });

const checkTags: PipelineCheck = ({ args: { tags } }) => badTags("tags", tags);

const CHECKS: PipelineCheck[] = [
  checkName,
  ...[checkPreset, checkRenditions, checkRenditionsOnEks],
  ...[checkQueues, checkQueueEnvironments, checkParts],
  ...[checkComputeEnvironments, checkEnvironmentTags, checkEksTogether],
  checkNetwork,
  ...[checkJobDefaults, checkJobs, checkJobsTogether, checkPods, checkPlacement, checkImage],
  ...[checkStorage, checkIntermediateExpiration],
  ...[checkTrigger, checkTriggerInStorage, checkEventTrigger, checkEventTriggerTogether],
  ...[checkNotifications, checkEvents],
  checkEncryption,
  ...[checkWorkflow, checkApproval, checkApprovalTime],
  checkLogs,
  ...[checkAudio, checkTiming, checkDuration, checkDamage],
  ...[checkRoles, checkInstanceProfile, checkJobRole],
  checkTags,
];

/** These generate what they measure, so they run only when all other checks pass. */
const SIZE_CHECKS: PipelineCheck[] = [checkDefinitionSize, checkJobDefinitionSizes, checkSubmitSizes, checkPolicySizes];

/** Rules that read an argument whose structure is wrong don't run. All others do, so that everything else is reported too. */
function examine(name: string, given: unknown): { args: VideoBatchPipelineArgs; problems: Problem[] } {
  const { value: args, problems: structure, broken } = readArguments(schema, given);
  const readable = withUnreadable<VideoBatchPipelineArgs>(args, broken);
  const subject = { name, args: readable, settings: normalise(name, readable) };
  const run = (checks: PipelineCheck[]) => checks.flatMap((check) => unlessUnreadable(() => check(subject)));
  const problems = [...structure, ...run(CHECKS)];
  return { args, problems: problems.length > 0 ? problems : run(SIZE_CHECKS) };
}

/** Everything that is wrong with the arguments: first their structure, then by the rules, in the order of the documentation. */
export function findProblems(name: string, args: unknown): Problem[] {
  return examine(name, args).problems;
}

/** Throws all problems at once. Otherwise the arguments can be used: null, which other languages send, is left out. */
export function validate(name: string, given: VideoBatchPipelineArgs): VideoBatchPipelineArgs {
  const { args, problems: errors } = examine(name, given);
  if (errors.length === 0) return args;
  const count = errors.length === 1 ? "a problem" : `${errors.length} problems`;
  throw new InvalidArguments({
    message: [`VideoBatchPipeline "${name}" has ${count}:`, ...errors.map(({ reason }) => `- ${reason}`)].join("\n"),
    errors,
  });
}
