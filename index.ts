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
<<<<<<< HEAD
export * from "./components/args/roles";
=======
export * from "./components/args/encryption";
>>>>>>> c4ddb11 (Notices of services, subscriptions by status, a topic for this pipeline alone, and one key for everything that is encrypted)
export * from "./components/args/workflow";
export * from "./components/args/approval";
export { VideoBatchPipeline } from "./components/videoBatchPipeline";
