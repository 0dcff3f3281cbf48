// In your own project: import { VideoBatchPipeline } from "video-batch-pipeline";
import { VideoBatchPipeline } from "../../index";

/**
 * Spot Instances cost a fraction of On-Demand, but EC2 can reclaim them at any time. The exit rules restart a job that loses
 * its machine, and a job that finds no Spot capacity runs On-Demand. One setting enables both.
 */
const pipeline = new VideoBatchPipeline("spot", {
  computeEnvironments: [
    {
      name: "compute",
      type: "SPOT",
      onDemandFallback: true,
      // Several types find more capacity than the best one alone.
      instanceTypes: ["c7i", "c7a", "c6i", "m7i", "m6i"],
      maxVcpus: 128,
      // A change that needs new instances gives running encodes an hour to finish.
      updatePolicy: { jobTimeoutMinutes: 60 },
    },
  ],
  queues: [
    // All openings run in the order of their arrival.
    { name: "high", priority: 10 },
    // The rest is shared. An execution names its share with {"input": "s3://…", "shareIdentifier": "customer7"}.
    {
      name: "low",
      priority: 1,
      fairShare: { defaultShare: "standard", shares: [{ identifier: "premium", weight: 0.5 }] },
    },
  ],
  // A job that loses three machines in a row gets one more attempt.
  jobs: { transcode: { attempts: 4 } },
});

export const stateMachineArn = pipeline.stateMachineArn;
