import type { Network } from "../network/args";
import type { NetworkSettings } from "../network/defaults";
import { arnPattern, badFormIfKnown, type Form, iamArn } from "../rules/forms";
import { badKubernetesName } from "../rules/names";
import { type Check, type Problem, when } from "../rules/problem";
import type { ComputeEnvironment } from "./args";
import type { ComputeSettings } from "./defaults";

const CLUSTER: Form = {
  pattern: arnPattern("eks", "cluster/[\\w-]+"),
  rule: "must be the ARN of an EKS cluster",
  remedy: "Use an ARN such as arn:aws:eks:eu-west-1:123456789012:cluster/media.",
};
const NODES_PROFILE = iamArn("instance-profile", "nodes");

export function checkEks({ eks }: ComputeEnvironment, path: string): Problem[] {
  if (!eks) return [];
  const { clusterArn, namespace, instanceProfileArn, serviceAccountName } = eks;
  const valid = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(namespace);
  const reserved = namespace === "default" || (valid && namespace.startsWith("kube-"));
  return [
    ...badFormIfKnown(`${path}.eks.clusterArn`, clusterArn, CLUSTER),
    ...when(!valid || reserved, {
      path: `${path}.eks.namespace`,
      rule: "must be 1 to 63 lower-case letters, digits or hyphens, must not begin or end with a hyphen or begin with kube-, and must not be default",
      received: namespace,
      remedy: "Create a namespace for Batch, for example video-batch.",
    }),
    ...badFormIfKnown(`${path}.eks.instanceProfileArn`, instanceProfileArn, NODES_PROFILE),
    ...(serviceAccountName === undefined
      ? []
      : badKubernetesName(`${path}.eks.serviceAccountName`, serviceAccountName)),
  ];
}

interface Settings {
  compute: ComputeSettings;
  network: NetworkSettings;
}

/** Rules for all environments on EKS together. */
export const checkEksTogether: Check<{ network?: Network }, Settings> = ({ args, settings }) => {
  const { compute, network } = settings;
  const onEks = compute.environments.filter(({ eks }) => eks);
  if (onEks.length === 0) return [];
  const accounts = onEks.map(({ eks }) => eks?.serviceAccountName);
  const other = onEks.find((_, index) => accounts[index] !== accounts[0]);
  return [
    ...when(network.existing === undefined, {
      path: "network.subnetIds",
      rule: "must be given when an environment is on EKS",
      received: args.network?.subnetIds,
      remedy: "Nodes run in the cluster's VPC: name its subnets and security groups.",
    }),
    ...when(other !== undefined, {
      path: `${other?.path}.eks.serviceAccountName`,
      rule: `must be the one of ${onEks[0]?.path}, because a job definition has only one`,
      received: other?.eks?.serviceAccountName,
      remedy: "Use one service account for all namespaces.",
    }),
  ];
};
