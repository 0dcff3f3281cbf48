// In your own project: import { VideoBatchPipeline } from "video-batch-pipeline";
import { VideoBatchPipeline } from "../../index";

/**
 * Fargate starts in seconds and there are no machines to maintain, but a vCPU costs more than on EC2. Fargate has fixed memory
 * sizes, so the worker's memory is rounded up to the next size.
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
