import type * as pulumi from "@pulumi/pulumi";

import type { Architecture, JobPlatform, Platform } from "../../contract/jobPlatform";
import type { ComputeEnvironment, Eks } from "./args";
import { ENVIRONMENT_LIMITS, UPDATE_LIMITS } from "./limits";
import { readInstanceType } from "./instanceTypes";

export interface ComputeSettings {
  environments: ComputeEnvironmentSettings[];
  /** An existing instance profile. Otherwise one is made, if an environment needs it. */
  instanceProfileArn?: pulumi.Input<string>;
}

export interface ComputeEnvironmentSettings {
  name: string;
  /** The path of the arguments that it comes from, for messages. */
  path: string;
  type: string;
  jobPlatform: JobPlatform;
  minVcpus: number;
  desiredVcpus: number;
  maxVcpus: number;
  /** Empty on Fargate, which ignores the settings of instances below too. */
  instanceTypes: string[];
  allocationStrategy: string;
  maxSpotPricePercent?: number;
  diskGiB: number;
  /** Absent when Batch chooses. */
  machineImageId?: pulumi.Input<string>;
  userData?: pulumi.Input<string>;
  /** True when all instances have GPUs. */
  gpus: boolean;
  updatePolicy: { terminateJobs: boolean; jobTimeoutMinutes: number };
  eks?: Eks;
  tags: Record<string, pulumi.Input<string>>;
  computeEnvironmentName?: string;
}

/** Its name is part of resource names, so it must never change. */
const DEFAULT_ENVIRONMENTS: ComputeEnvironment[] = [{ name: "compute" }];

export function normaliseComputeEnvironments(
  args: ComputeEnvironment[] = DEFAULT_ENVIRONMENTS,
): ComputeEnvironmentSettings[] {
  return args.flatMap((environment, index) => {
    const own = normaliseComputeEnvironment(environment, `computeEnvironments[${index}]`);
    return environment.onDemandFallback === true ? [own, onDemandFallback(own)] : [own];
  });
}

export function isFargate(type: string): boolean {
  return type.startsWith("FARGATE");
}

export function isSpot(type: string): boolean {
  return type === "SPOT" || type === "FARGATE_SPOT";
}

function normaliseComputeEnvironment(args: ComputeEnvironment, path: string): ComputeEnvironmentSettings {
  const {
    name,
    type = "EC2",
    minVcpus = ENVIRONMENT_LIMITS.minVcpus.default,
    maxVcpus = ENVIRONMENT_LIMITS.maxVcpus.default,
    eks,
  } = args;
  const instanceTypes = normaliseInstanceTypes(args, type);
  const architecture = findArchitecture(args, instanceTypes);
  return {
    name,
    path,
    type,
    jobPlatform: { platform: findPlatform(type, eks), architecture },
    minVcpus,
    desiredVcpus: args.desiredVcpus ?? Math.min(Math.max(2, minVcpus), maxVcpus),
    maxVcpus,
    instanceTypes,
    allocationStrategy: args.allocationStrategy ?? defaultStrategy(type),
    maxSpotPricePercent: args.maxSpotPricePercent,
    diskGiB: args.diskGiB ?? ENVIRONMENT_LIMITS.diskGiB.default,
    machineImageId: args.machineImageId,
    userData: args.userData,
    gpus: instanceTypes.length > 0 && instanceTypes.every((instanceType) => readInstanceType(instanceType).gpus),
    updatePolicy: {
      terminateJobs: args.updatePolicy?.terminateJobs ?? false,
      jobTimeoutMinutes: args.updatePolicy?.jobTimeoutMinutes ?? UPDATE_LIMITS.jobTimeoutMinutes.default,
    },
    eks,
    tags: args.tags ?? {},
    computeEnvironmentName: args.computeEnvironmentName,
  };
}

function onDemandFallback(spot: ComputeEnvironmentSettings): ComputeEnvironmentSettings {
  const type = isFargate(spot.type) ? "FARGATE" : "EC2";
  return {
    ...spot,
    name: `${spot.name}-on-demand`,
    type,
    // Only the environment in front starts instances before there is work.
    minVcpus: 0,
    desiredVcpus: 0,
    allocationStrategy: defaultStrategy(type),
    maxSpotPricePercent: undefined,
    computeEnvironmentName: spot.computeEnvironmentName && `${spot.computeEnvironmentName}-on-demand`,
  };
}

function findPlatform(type: string, eks: Eks | undefined): Platform {
  if (eks) return "eks";
  return isFargate(type) ? "fargate" : "ec2";
}

/** The API's own default, BEST_FIT, can't be updated in place. */
function defaultStrategy(type: string): string {
  return type === "SPOT" ? "SPOT_PRICE_CAPACITY_OPTIMIZED" : "BEST_FIT_PROGRESSIVE";
}

function normaliseInstanceTypes({ architecture, instanceTypes }: ComputeEnvironment, type: string): string[] {
  if (isFargate(type)) return [];
  return instanceTypes ?? [architecture === "arm64" ? "default_arm64" : "optimal"];
}

function findArchitecture({ architecture }: ComputeEnvironment, instanceTypes: string[]): Architecture {
  const read = instanceTypes.flatMap((name) => readInstanceType(name).architecture ?? []);
  return (architecture ?? read[0]) === "arm64" ? "arm64" : "x86_64";
}
