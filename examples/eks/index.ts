// In your own project: import { VideoBatchPipeline } from "video-batch-pipeline";
import { VideoBatchPipeline } from "../../index";

const cluster = "arn:aws:eks:us-east-1:123456789012:cluster/media";

/**
 * Batch starts nodes in the cluster's subnets, and pods in a namespace that you prepare for it:
 * https://docs.aws.amazon.com/batch/latest/userguide/getting-started-eks.html. Pods have the permissions of their service
 * account, which must be able to read the videos and write the outputs. Submitting a pod overrides nothing, so every rendition
 * has its own job definition.
 *
 * `pod` replaces secrets, efsMounts and roleArn. Here the features job has its own container, a service account with more
 * permissions, a key in a Kubernetes secret, and models on EFS in a volume claim of the EFS CSI driver.
 */
const pipeline = new VideoBatchPipeline("eks", {
  computeEnvironments: [
    {
      name: "nodes",
      type: "SPOT",
      maxVcpus: 64,
      instanceTypes: ["c7i", "c6i"],
      eks: {
        clusterArn: cluster,
        namespace: "video-batch",
        instanceProfileArn: "arn:aws:iam::123456789012:instance-profile/media-nodes",
        serviceAccountName: "video-worker",
      },
    },
  ],
  network: { subnetIds: ["subnet-0a1b", "subnet-0c2d"], securityGroupIds: ["sg-0e3f"] },
  renditions: [
    { name: "1080p", height: 1080 },
    { name: "480p", height: 480 },
  ],
  jobs: {
    features: {
      image: "123456789012.dkr.ecr.us-east-1.amazonaws.com/scenes:7",
      command: ["scenes", "--video", "Ref::input", "--out", "Ref::output", "--models", "/models"],
      vcpus: 4,
      memoryMiB: 8192,
      pod: {
        serviceAccountName: "scene-finder",
        secretMounts: [{ secretName: "scene-service", path: "/keys" }],
        claimMounts: [{ claimName: "models", path: "/models" }],
      },
    },
  },
});

export const stateMachineArn = pipeline.stateMachineArn;
