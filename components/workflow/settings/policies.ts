import type { WorkflowJob, WorkflowSettings } from "./settings";

/** Whether a job has a parameter in its command. */
export function usesParameter({ jobs }: WorkflowSettings, parameter: "input" | "output"): boolean {
  return Object.values(jobs).some((job: WorkflowJob | undefined) => job?.parameters.includes(parameter));
}

/** Whether the rest is finished when something fails. */
export function continuesOnFailure({
  continueOnRenditionFailure,
  continueOnFeaturesFailure,
}: WorkflowSettings): boolean {
  return continueOnRenditionFailure || continueOnFeaturesFailure;
}
