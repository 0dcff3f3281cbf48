// In your own project: import { type Job, VideoBatchPipeline } from "video-batch-pipeline";
import { type Job, VideoBatchPipeline } from "../../index";

/** The tutorial's containers only print what a real one would do. A job with its own command never runs our worker. */
function echo(name: string, ...words: string[]): Job {
  return {
    jobDefinitionName: `StepsBatchTutorial_${name}`,
    image: "public.ecr.aws/docker/library/amazonlinux:latest",
    command: ["echo", ...words],
    vcpus: 2,
    memoryMiB: 1024,
  };
}

const pipeline = new VideoBatchPipeline("tutorial", {
  queues: [
    { name: "high", priority: 10, jobQueueName: "StepsBatchTutorial_HighPriorityQueue" },
    { name: "low", priority: 1, jobQueueName: "StepsBatchTutorial_LowPriorityQueue" },
  ],
  computeEnvironments: [
    {
      name: "compute",
      computeEnvironmentName: "StepsBatchTutorial_ComputeEnv",
      minVcpus: 0,
      desiredVcpus: 2,
      maxVcpus: 4,
    },
  ],
  jobs: {
    metadata: echo("ExtractMetadata", "extracting", "metadata", "from", "video"),
    features: echo("ExtractFeatures", "performing", "video", "feature", "extraction"),
    transcode: echo("TranscodeVideo", "performing", "video", "transcoding", "job"),
  },
});

/** Start an execution with `{}`: the tutorial's commands take no parameters. */
export const stateMachineArn = pipeline.stateMachineArn;
export const definition = pipeline.definition;
