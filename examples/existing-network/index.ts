// In your own project: import { VideoBatchPipeline } from "video-batch-pipeline";
import { VideoBatchPipeline } from "../../index";

/**
 * This creates no network resources. The subnets are private and reach AWS through a NAT gateway or endpoints. The security
 * group allows outbound HTTPS, and NFS to the file system.
 */
const pipeline = new VideoBatchPipeline("ours", {
  network: { subnetIds: ["subnet-0a1b", "subnet-0c2d"], securityGroupIds: ["sg-0e3f"] },
  computeEnvironments: [
    {
      name: "compute",
      maxVcpus: 32,
      tags: { "cost-center": "4711" },
      // Runs on every instance before it takes jobs.
      userData: "#!/bin/sh\nsysctl -w vm.max_map_count=262144\n",
    },
  ],
  jobs: {
    features: {
      // The derived image reads models from a shared file system, and a key that is not in the image.
      image: "123456789012.dkr.ecr.us-east-1.amazonaws.com/worker-with-models@sha256:77aa",
      efsMounts: [
        {
          fileSystemArn: "arn:aws:elasticfilesystem:us-east-1:123456789012:file-system/fs-0123456789abcdef0",
          path: "/models",
        },
      ],
      secrets: {
        MODELS_KEY: "arn:aws:secretsmanager:us-east-1:123456789012:secret:models-AbCdEf",
      },
    },
    // Only packaging has the permissions of this role.
    package: { roleArn: "arn:aws:iam::123456789012:role/video-packaging" },
  },
  image: { uri: "123456789012.dkr.ecr.us-east-1.amazonaws.com/worker@sha256:4b1d" },
  storage: { bucket: "our-videos", inputBuckets: ["our-masters"] },
  notifications: { topicArn: "arn:aws:sns:us-east-1:123456789012:video-notices" },
});

export const stateMachineArn = pipeline.stateMachineArn;
