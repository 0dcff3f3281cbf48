// In your own project: import { VideoBatchPipeline } from "video-batch-pipeline";
import { VideoBatchPipeline } from "../../index";

/**
 * NVENC encodes 4k in a fraction of the time of x264. Jobs without GPUs have their own queues, so that none of them occupies a
 * GPU. They run on Graviton, which costs less.
 */
const pipeline = new VideoBatchPipeline("gpu", {
  computeEnvironments: [
    { name: "graviton", architecture: "arm64", instanceTypes: ["c8g", "c7g"], maxVcpus: 32 },
    { name: "gpu", instanceTypes: ["g6.xlarge", "g6.2xlarge"], maxVcpus: 64, diskGiB: 200 },
  ],
  queues: [
    { name: "control", priority: 10, environments: ["graviton"] },
    { name: "encode", priority: 10, environments: ["gpu"] },
    { name: "background", priority: 1, environments: ["graviton"] },
  ],
  // There is only one part: everything is encoded on one queue.
  parts: [{ queue: "encode" }],
  renditions: [
    { name: "4k", height: 2160, encoder: "nvenc", vcpus: 4, memoryMiB: 8192 },
    { name: "1080p", height: 1080, encoder: "nvenc" },
  ],
  // An image derived from the worker's, with an ffmpeg that has NVENC, for both architectures.
  image: { uri: "123456789012.dkr.ecr.us-east-1.amazonaws.com/worker-nvenc@sha256:4b1d" },
});

export const stateMachineArn = pipeline.stateMachineArn;
