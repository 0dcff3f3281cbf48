import * as pulumi from "@pulumi/pulumi";

import type { VideoBatchPipelineArgs } from "./args/videoBatchPipeline";
import { normalise } from "./pipeline";
import { checkComputeEnvironments } from "./validation/checkComputeEnvironments";
import { checkEksTogether } from "./validation/checkEks";
import { checkEncryption } from "./validation/checkEncryption";
import { checkImage } from "./validation/checkImage";
import { checkJobs, checkJobsTogether } from "./validation/checkJobs";
import { checkAudio, checkTiming } from "./validation/checkMedia";
import { checkName } from "./validation/checkName";
import { checkNetwork } from "./validation/checkNetwork";
import { checkNotifications } from "./validation/checkNotifications";
import { checkParts } from "./validation/checkParts";
import { checkPlacement } from "./validation/checkPlacement";
import { checkPods } from "./validation/checkPods";
import { checkQueues } from "./validation/checkQueues";
import { checkRenditions, checkRenditionsOnEks } from "./validation/checkRenditions";
import { checkRoles } from "./validation/checkRoles";
import { checkDefinitionSize, checkJobDefinitionSizes, checkSubmitSizes } from "./validation/checkSizes";
import { checkStorage } from "./validation/checkStorage";
import { checkTrigger } from "./validation/checkTrigger";
import { checkApproval, checkLogs, checkWorkflow } from "./validation/checkWorkflow";
import { checkTags } from "./validation/tags";
import type { Check, Problem, Subject } from "./validation/problem";

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
