// In a project of your own: import { VideoBatchPipeline } from "video-batch-pipeline";
import { VideoBatchPipeline } from "../../index";

const cluster = "arn:aws:eks:us-east-1:123456789012:cluster/media";

/**
 * Batch starts nodes in the cluster's subnets, and pods in a namespace that is prepared for it:
 * https://docs.aws.amazon.com/batch/latest/userguide/getting-started-eks.html. Pods have the permissions of their service
 * account; let it read the videos and write the outputs. Nothing is overridden when a pod is submitted, so that every
 * rendition has a job definition of its own.
 *
 * What secrets, efsMounts and roleArn are elsewhere, `pod` is here: the features job, with a container of its own, has a service
 * account that may do more, a key in a Kubernetes secret, and models on EFS, which its CSI driver makes a claim of.
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
