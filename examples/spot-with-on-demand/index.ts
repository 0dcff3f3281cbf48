// In a project of your own: import { VideoBatchPipeline } from "video-batch-pipeline";
import { VideoBatchPipeline } from "../../index";

/**
 * Spot Instances cost a fraction and can be taken back at any time. A job that loses its machine is started again, as its
 * exit rules say, and one that finds no Spot capacity runs On-Demand: both are one setting.
 */
const pipeline = new VideoBatchPipeline("spot", {
  computeEnvironments: [
    {
      name: "compute",
      type: "SPOT",
      onDemandFallback: true,
      // Many types find more capacity than the best one does.
      instanceTypes: ["c7i", "c7a", "c6i", "m7i", "m6i"],
      maxVcpus: 128,
      // A change that needs new instances leaves running encodes an hour.
      updatePolicy: { jobTimeoutMinutes: 60 },
    },
  ],
  queues: [
    // Openings are for everybody, in the order of their arrival.
    { name: "high", priority: 10 },
    // The rest is shared: an execution says whose it is by {"input": "s3://…", "shareIdentifier": "customer7"}.
    {
      name: "low",
      priority: 1,
      fairShare: { defaultShare: "standard", shares: [{ identifier: "premium", weight: 0.5 }] },
    },
  ],
  // A job that is taken from three machines in a row gets one more.
  jobs: { transcode: { attempts: 4 } },
});

export const stateMachineArn = pipeline.stateMachineArn;
