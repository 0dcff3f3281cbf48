// The arguments come first: Pulumi's analyzer, which describes the component to other languages, reads the files in this
// order, stops at the component, and keeps the descriptions of the types that it has seen until then.
export * from "./components/args/videoBatchPipeline";
export * from "./components/args/media";
export * from "./components/args/queues";
export * from "./components/args/computeEnvironments";
export * from "./components/args/network";
export * from "./components/args/jobs";
export * from "./components/args/storage";
export * from "./components/args/trigger";
export * from "./components/args/notifications";
export * from "./components/args/roles";
export * from "./components/args/monitoring";
export * from "./components/args/encryption";
export * from "./components/args/workflow";
export * from "./components/args/approval";
export { VideoBatchPipeline } from "./components/videoBatchPipeline";
