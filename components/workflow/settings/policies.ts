import type { WorkflowJob, WorkflowSettings } from "./settings";

/** Whether a job has a parameter in its command. */
export function usesParameter({ jobs }: WorkflowSettings, parameter: "input" | "output"): boolean {
  return Object.values(jobs).some((job: WorkflowJob | undefined) => job?.parameters.includes(parameter));
}

/**
 * Whether the steps that are done are recorded for a redrive. What the branches of a Parallel had done is lost once its
 * failure is caught, as here it is for the notice. The records are beside what the jobs write; without an output there
 * is no place for them.
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
