import { EXTRACT_METADATA } from "../../../contract/states";
import type { BuiltStates } from "../asl/builtStates";
import { shareVariables } from "../batch/shares";
import { submitJob } from "../batch/submitJob";
import { afterFailedJob, catchAll } from "../failure/catchers";
import { type Code, expression } from "../jsonata/code";
import { givenOutput, inputOrNull, inputUri, outputOrNull, outputUri } from "../jsonata/executionInput";
import { outputsUri, type WorkflowArns } from "../settings/arns";
import { recordsDoneSteps, usesParameter } from "../settings/policies";
import type { WorkflowSettings } from "../settings/settings";
import { doneVariables } from "../storage/doneSteps";

/** The first state: it also finds out which video this is about, for all others. */
export function extractMetadata(settings: WorkflowSettings, arns: WorkflowArns, next: string): BuiltStates {
  const input = expression(usesParameter(settings, "input") ? inputUri() : inputOrNull());
  const output = expression(outputCode(settings, arns, outputUri));
  const { state, statements } = submitJob(settings, arns, {
    job: "metadata",
    queue: settings.firstQueue,
    name: "ExtractMetadata",
    parameters: { input, output },
    // What this state assigns can only be read by the ones after it.
    shareFrom: "input",
    // When the state fails, perhaps because of the input, `Assign` has not run, and the notice reads these variables.
    catch: catchAll(EXTRACT_METADATA, {
      alsoAssign: {
        input: expression(inputOrNull()),
        output: expression(outputCode(settings, arns, outputOrNull)),
      },
      next: afterFailedJob(settings),
    }),
    assign: {
      input,
      output,
      ...shareVariables(settings),
      ...(recordsDoneSteps(settings) ? doneVariables(output) : {}),
    },
    next,
  });
  return { states: { [EXTRACT_METADATA]: state }, statements };
}

/** Without a command that writes an output, an execution needs none. */
function outputCode(settings: WorkflowSettings, arns: WorkflowArns, found: (prefix: string) => Code): Code {
  return usesParameter(settings, "output") ? found(outputsUri(settings, arns)) : givenOutput();
}
