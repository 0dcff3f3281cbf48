// The arguments come first: Pulumi's analyzer, which describes the component to other languages, reads the files in this
// order, stops at the component, and keeps only the descriptions of types that it has read until then.
export * from "./components/args";
export * from "./components/media/args";
export * from "./components/queues/args";
export * from "./components/compute/args";
export * from "./components/network/args";
export * from "./components/jobs/args";
export * from "./components/storage/args";
export * from "./components/trigger/args";
export * from "./components/notifications/args";
export * from "./components/events/args";
export * from "./components/monitoring/args";
export * from "./components/access/args";
export * from "./components/stateMachine/args";
export { VideoBatchPipeline } from "./components/videoBatchPipeline";
export { inspectionStates, outcomeStates } from "./components/ownStates";
export type { InspectionExits } from "./components/workflow/elsewhere/inspection";
export type { PipelineOutcomeStates, PipelineStates } from "./components/ownStates";
export type * from "./components/formerNames";
