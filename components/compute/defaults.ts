import type * as pulumi from "@pulumi/pulumi";

import type { ComputeEnvironmentArgs, EksArgs } from "./args";
import { readInstanceType } from "./instanceTypes";
import type { Architecture, Platform, JobPlatform } from "../../contract/jobPlatform";

export interface ComputeEnvironment {
  name: string;
  /** Of the arguments that it comes from, for messages. */
  path: string;
  type: string;
  site: JobPlatform;
  minVcpus: number;
  desiredVcpus: number;
  maxVcpus: number;
  /** Empty on Fargate, as are the settings of instances below. */
  instanceTypes: string[];
  allocationStrategy: string;
  maxSpotPricePercent?: number;
  diskGiB: number;
  userData?: pulumi.Input<string>;
  /** True when all its instances have GPUs. */
  gpus: boolean;
  updatePolicy: { terminateJobs: boolean; jobTimeoutMinutes: number };
  eks?: EksArgs;
  tags: Record<string, pulumi.Input<string>>;
  computeEnvironmentName?: string;
}

/** Its name is in everybody's resources: never to be changed. */
const DEFAULT_ENVIRONMENTS: ComputeEnvironmentArgs[] = [{ name: "compute" }];

export function computeEnvironmentsOf(args: ComputeEnvironmentArgs[] = DEFAULT_ENVIRONMENTS): ComputeEnvironment[] {
  return args.flatMap((environment, index) => {
    const own = computeEnvironmentOf(environment, `computeEnvironments[${index}]`);
    return environment.onDemandFallback === true ? [own, onDemandBehind(own)] : [own];
  });
}

export function isFargate(type: string): boolean {
  return type.startsWith("FARGATE");
}

export function isSpot(type: string): boolean {
  return type === "SPOT" || type === "FARGATE_SPOT";
}

function computeEnvironmentOf(args: ComputeEnvironmentArgs, path: string): ComputeEnvironment {
  const { name, type = "EC2", minVcpus = 0, maxVcpus = 4, eks } = args;
  const instanceTypes = instanceTypesOf(args, type);
  const architecture = architectureOf(args, instanceTypes);
  return {
    name,
    path,
    type,
    site: { platform: platformOf(type, eks), architecture },
    minVcpus,
    desiredVcpus: args.desiredVcpus ?? Math.min(Math.max(2, minVcpus), maxVcpus),
    maxVcpus,
    instanceTypes,
    allocationStrategy: args.allocationStrategy ?? strategyOf(type),
    maxSpotPricePercent: args.maxSpotPricePercent,
    diskGiB: args.diskGiB ?? 100,
    userData: args.userData,
    gpus: instanceTypes.length > 0 && instanceTypes.every((instanceType) => readInstanceType(instanceType).gpus),
    updatePolicy: {
      terminateJobs: args.updatePolicy?.terminateJobs ?? false,
      jobTimeoutMinutes: args.updatePolicy?.jobTimeoutMinutes ?? 30,
    },
    eks,
    tags: args.tags ?? {},
    computeEnvironmentName: args.computeEnvironmentName,
  };
}

function onDemandBehind(spot: ComputeEnvironment): ComputeEnvironment {
  const type = isFargate(spot.type) ? "FARGATE" : "EC2";
  return {
    ...spot,
    name: `${spot.name}-on-demand`,
    type,
    // Instances that nothing needs yet are started once, not once for each of the two.
    minVcpus: 0,
    desiredVcpus: 0,
    allocationStrategy: strategyOf(type),
    maxSpotPricePercent: undefined,
    computeEnvironmentName: spot.computeEnvironmentName && `${spot.computeEnvironmentName}-on-demand`,
  };
}

function platformOf(type: string, eks: EksArgs | undefined): Platform {
  if (eks) return "eks";
  return isFargate(type) ? "fargate" : "ec2";
}

/** The API's own default, BEST_FIT, can't be updated in place. */
function strategyOf(type: string): string {
  return type === "SPOT" ? "SPOT_PRICE_CAPACITY_OPTIMIZED" : "BEST_FIT_PROGRESSIVE";
}

function instanceTypesOf({ architecture, instanceTypes }: ComputeEnvironmentArgs, type: string): string[] {
  if (isFargate(type)) return [];
  return instanceTypes ?? [architecture === "arm64" ? "default_arm64" : "optimal"];
}

function architectureOf({ architecture }: ComputeEnvironmentArgs, instanceTypes: string[]): Architecture {
  const read = instanceTypes.flatMap((name) => readInstanceType(name).architecture ?? []);
  return (architecture ?? read[0]) === "arm64" ? "arm64" : "x86_64";
}
