import type { JobParameter } from "../../../contract/jobs";
import type { WorkflowJob, WorkflowSettings } from "./settings";

/** Whether a job has a parameter in its command. */
export function usesParameter({ jobs }: WorkflowSettings, parameter: JobParameter): boolean {
  return Object.values(jobs).some((job: WorkflowJob | undefined) => job?.parameters.includes(parameter));
}

/** Whether the execution begins again when packaging finds work missing, which the worker alone can tell. */
export function remakes({ usesWorkerPlan, jobs }: WorkflowSettings): boolean {
  return usesWorkerPlan && jobs.package?.worker === true;
}

/** Whether the packaging job says what is damaged, as the worker's does. */
export function reportsDamage({ usesWorkerPlan, jobs }: WorkflowSettings): boolean {
  return usesWorkerPlan && jobs.package?.worker === true;
}

/** Whether jobs send the event that the video is playable, which only the worker's can tell. */
export function announcesPlayable({
  sendsEvents,
  usesWorkerPlan,
}: Pick<WorkflowSettings, "sendsEvents" | "usesWorkerPlan">): boolean {
  return sendsEvents && usesWorkerPlan;
}

/** Whether the rest is finished when something fails. */
export function continuesOnFailure({
  continueOnRenditionFailure,
  continueOnFeaturesFailure,
}: WorkflowSettings): boolean {
  return continueOnRenditionFailure || continueOnFeaturesFailure;
}
