import * as pulumi from "@pulumi/pulumi";

import type { VideoBatchPipelineArgs } from "./args";
import { normalise } from "./settings";
import { checkComputeEnvironments } from "./compute/checks";
import { checkEksTogether } from "./compute/checkEks";
import { checkEncryption } from "./access/checks";
import { checkImage } from "./jobs/checkImage";
import { checkJobs, checkJobsTogether } from "./jobs/checks";
import { checkAudio, checkTiming } from "./media/checks";
import { checkName } from "./checkName";
import { checkNetwork } from "./network/checks";
import { checkNotifications } from "./notifications/checks";
import { checkParts } from "./queues/checkParts";
import { checkPlacement } from "./jobs/checkPlacement";
import { checkPods } from "./jobs/checkPods";
import { checkQueues } from "./queues/checks";
import { checkRenditions, checkRenditionsOnEks } from "./media/checkRenditions";
import { checkRoles } from "./access/checkRoles";
import { checkDefinitionSize, checkJobDefinitionSizes, checkSubmitSizes } from "./stateMachine/checkSizes";
import { checkStorage } from "./storage/checks";
import { checkTrigger } from "./trigger/checks";
import { checkApproval, checkLogs, checkWorkflow } from "./stateMachine/checks";
import { checkTags } from "./rules/tags";
import type { Check, Problem, Subject } from "./rules/problem";

const CHECKS: Check[] = [
  checkName,
  checkRenditions,
  checkRenditionsOnEks,
  checkQueues,
  checkParts,
  checkComputeEnvironments,
  checkEksTogether,
  checkNetwork,
  checkJobs,
  checkJobsTogether,
  checkPods,
  checkPlacement,
  checkImage,
  checkStorage,
  checkTrigger,
  checkNotifications,
  checkEncryption,
  checkWorkflow,
  checkApproval,
  checkLogs,
  checkAudio,
  checkTiming,
  checkRoles,
  checkTags,
];

/** These generate what they measure, which takes arguments that are right in themselves. */
const CHECKS_OF_SIZE: Check[] = [checkDefinitionSize, checkJobDefinitionSizes, checkSubmitSizes];

/** Everything that is wrong with the arguments, in the order of the documentation. */
export function problemsOf(name: string, args: VideoBatchPipelineArgs): Problem[] {
  const subject: Subject = { name, args, pipeline: normalise(name, args) };
  const problems = CHECKS.flatMap((check) => check(subject));
  return problems.length > 0 ? problems : CHECKS_OF_SIZE.flatMap((check) => check(subject));
}

/** Throws all problems at once. */
export function validate(name: string, args: VideoBatchPipelineArgs): void {
  const errors = problemsOf(name, args);
  if (errors.length === 0) return;
  const count = errors.length === 1 ? "a problem" : `${errors.length} problems`;
  throw new pulumi.InputPropertiesError({
    message: [`VideoBatchPipeline "${name}" has ${count}:`, ...errors.map(({ reason }) => `- ${reason}`)].join("\n"),
    errors,
  });
}
