import { EXTRACT_METADATA } from "../../../contract/states";
import type { BuiltStates } from "../asl/builtStates";
import { shareVariables } from "../batch/shares";
import { submitJob } from "../batch/submitJob";
import { keptAssignments } from "../failure/beginAgain";
import { afterFailedJob, catchAll } from "../failure/catchers";
import { type Code, expression } from "../jsonata/code";
import { eventTarget } from "../jsonata/event";
import { givenOutput, inputOrNull, inputUri, outputOrNull, outputUri } from "../jsonata/executionInput";
import { givenDamagedShare } from "../jsonata/damage";
import { ENDED_JOB } from "../jsonata/jobs";
import { eventBusArn, outputsUri, type WorkflowArns } from "../settings/arns";
import { announcesPlayable, usesParameter } from "../settings/policies";
import type { WorkflowSettings } from "../settings/settings";

/** The first state. It also determines the input and the output, for all states after it. */
export function extractMetadata(settings: WorkflowSettings, arns: WorkflowArns, next: string): BuiltStates {
  const input = expression(usesParameter(settings, "input") ? inputUri() : inputOrNull());
  const output = expression(outputCode(settings, arns, outputUri));
  const kept = keptAssignments(settings);
  const share = expression(givenDamagedShare(settings.maxDamagedShare));
  const event = announcesPlayable(settings)
    ? { event: expression(eventTarget(settings.name, eventBusArn(arns))) }
    : undefined;
  const { state, statements } = submitJob(settings, arns, {
    job: "metadata",
    queue: settings.firstQueue,
    name: "ExtractMetadata",
    parameters: { input, output, maxDamagedShare: share, ...event },
    // Only later states can read what this one assigns.
    shareFrom: "input",
    // The notice reads these variables, and `Assign` does not run if the state fails, perhaps because of the input.
    catch: catchAll(EXTRACT_METADATA, {
      alsoAssign: {
        input: expression(inputOrNull()),
        output: expression(outputCode(settings, arns, outputOrNull)),
        ...kept,
      },
      next: afterFailedJob(settings),
    }),
    assign: {
      input,
      output,
      ...(settings.usesWorkerPlan ? { metadataJob: expression(ENDED_JOB) } : {}),
      ...(usesParameter(settings, "maxDamagedShare") ? { maxDamagedShare: share } : {}),
      ...event,
      ...shareVariables(settings),
      ...kept,
    },
    next,
  });
  return { states: { [EXTRACT_METADATA]: state }, statements };
}

/** If no command writes an output, an execution needs none. */
function outputCode(settings: WorkflowSettings, arns: WorkflowArns, found: (prefix: string) => Code): Code {
  return usesParameter(settings, "output") ? found(outputsUri(settings, arns)) : givenOutput();
}
