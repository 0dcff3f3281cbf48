import type { WorkflowJob, WorkflowSettings } from "./settings";

/** Whether a job has a parameter in its command. */
export function usesParameter({ jobs }: WorkflowSettings, parameter: "input" | "output"): boolean {
  return Object.values(jobs).some((job: WorkflowJob | undefined) => job?.parameters.includes(parameter));
}

/**
 * Whether completed steps are recorded for a redrive. Step Functions forgets what the branches of a Parallel have done
 * once its failure is caught, as it is here for the notice. The records are stored below the output; without an output
 * there are none.
 */
export function recordsDoneSteps(settings: WorkflowSettings): boolean {
  return usesParameter(settings, "output");
}

/** Whether the rest is finished when something fails. */
export function continuesOnFailure({
  continueOnRenditionFailure,
  continueOnFeaturesFailure,
}: WorkflowSettings): boolean {
  return continueOnRenditionFailure || continueOnFeaturesFailure;
}
