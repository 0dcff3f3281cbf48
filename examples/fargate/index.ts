// In a project of your own: import { VideoBatchPipeline } from "video-batch-pipeline";
import { VideoBatchPipeline } from "../../index";

/**
 * Fargate starts in seconds and has no machines to look after; for what it does, a vCPU costs more than on EC2. Memory comes in
 * steps: what the worker needs is rounded up to one that Fargate has.
 */
const pipeline = new VideoBatchPipeline("fargate", {
  computeEnvironments: [
    { name: "steady", type: "FARGATE", maxVcpus: 32 },
    { name: "spare", type: "FARGATE_SPOT", onDemandFallback: true, maxVcpus: 64 },
  ],
  queues: [
    { name: "high", priority: 10, environments: ["steady"] },
    { name: "low", priority: 1, environments: ["spare"] },
  ],
  renditions: [
    { name: "1080p", height: 1080, vcpus: 4 },
    { name: "480p", height: 480 },
  ],
  jobs: { transcode: { scratchGiB: 60 } },
});

export const stateMachineArn = pipeline.stateMachineArn;
