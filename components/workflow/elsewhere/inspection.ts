import { EXTRACT_METADATA, READ_CAUSE } from "../../../contract/states";
import type { BuiltStates } from "../asl/builtStates";
import type { TaskState, Template } from "../asl/states";
import { readSentence } from "../failure/readCause";
import { expression } from "../jsonata/code";
import { FAILED_JOB, failureWithSentence } from "../jsonata/failure";
import type { WorkflowArns } from "../settings/arns";
import type { WorkflowSettings } from "../settings/settings";
import { extractMetadata } from "../steps/extractMetadata";

/** Where a state machine continues after the inspection. */
export interface InspectionExits {
  /** The state after a video that can be processed. */
  next: string;
  /** The state after a failure. It reads `$failure`. */
  failed: string;
}

/** The pipeline's inspection of a video, for another state machine: the metadata job, and the worker's sentence if that fails. */
export function inspection(settings: WorkflowSettings, arns: WorkflowArns, exits: InspectionExits): BuiltStates {
  const { states, statements } = extractMetadata(settings, arns, exits.next);
  const task = states[EXTRACT_METADATA] as TaskState;
  const inspect: TaskState = {
    ...task,
    Assign: pick(task.Assign, ["input", "output", "metadataJob"]),
    Catch: task.Catch.map((catcher) => ({
      ...catcher,
      Assign: pick(catcher.Assign, ["input", "output", "failure"]),
      Next: settings.usesWorkerPlan ? READ_CAUSE : exits.failed,
    })),
  };
  if (!settings.usesWorkerPlan) return { states: { [EXTRACT_METADATA]: inspect }, statements };
  const sentence = readSentence(settings, arns, {
    job: FAILED_JOB,
    assign: { failure: expression(failureWithSentence()) },
    output: {},
    otherwise: {},
    next: exits.failed,
  });
  return {
    states: { [EXTRACT_METADATA]: inspect, [READ_CAUSE]: sentence.state },
    statements: [...statements, ...sentence.statements],
  };
}

/** The variables that only the pipeline's own states read are left out. */
function pick(assigned: Record<string, Template> = {}, names: string[]): Record<string, Template> {
  return Object.fromEntries(Object.entries(assigned).filter(([name]) => names.includes(name)));
}
