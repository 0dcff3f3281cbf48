import type { Roles } from "../access/args";
import { notAllowed, notOneOf } from "../rules/choices";
import { badFormIfKnown, badFormsIfKnown, type Form } from "../rules/forms";
import { noEntries } from "../rules/lists";
import { badName, badPhysicalName, duplicates } from "../rules/names";
import { outOfRanges } from "../rules/numbers";
import { type Check, type Problem, problem, when } from "../rules/problem";
import { badTags } from "../rules/tags";
import { Architecture, type ComputeEnvironment, EnvironmentType } from "./args";
import { checkEks } from "./checkEks";
import { type ComputeEnvironmentSettings, type ComputeSettings, isFargate, isSpot } from "./defaults";
import { ENVIRONMENT_LIMITS, UPDATE_LIMITS } from "./limits";
import { INSTANCE_TYPE, readInstanceType } from "./instanceTypes";
import { findUserDataProblems } from "./userData";

/** Batch allows 50 environments per region and account. */
const MOST_ENVIRONMENTS = 50;
const STRATEGIES: Record<string, string[]> = {
  EC2: ["BEST_FIT_PROGRESSIVE"],
  SPOT: ["SPOT_PRICE_CAPACITY_OPTIMIZED", "SPOT_CAPACITY_OPTIMIZED", "BEST_FIT_PROGRESSIVE"],
};

const MACHINE_IMAGE_ID: Form = {
  pattern: /^ami-([0-9a-f]{8}|[0-9a-f]{17})$/,
  rule: "must be the ID of a machine image (AMI)",
  remedy: "Use an ID such as ami-0123456789abcdef0, or omit it to let Batch choose the image.",
};

interface Args {
  computeEnvironments?: ComputeEnvironment[];
}

interface Settings {
  compute: ComputeSettings;
}

export const checkComputeEnvironments: Check<Args, Settings> = ({ args, settings }) => {
  const { computeEnvironments: given } = args;
  const { environments } = settings.compute;
  if (!given) return [];
  const list = "computeEnvironments";
  const paths = environments.map(({ path }) => path);
  return [
    ...noEntries(list, given, "Omit it to use one environment of EC2 instances."),
    ...when(environments.length > MOST_ENVIRONMENTS, {
      path: list,
      rule: `must result in at most ${MOST_ENVIRONMENTS} environments, which is Batch's limit`,
      received: environments.length,
      remedy: "Let several queues share an environment.",
    }),
    ...given.flatMap((environment, index) => {
      const normalised = environments.find(({ path }) => path === `${list}[${index}]`);
      return normalised ? checkEnvironment(environment, normalised) : [];
    }),
    ...duplicates(list, environments, "name", paths),
    ...duplicates(list, environments, "computeEnvironmentName", paths),
  ];
};

/** The pipeline's own tags count too. */
export const checkEnvironmentTags: Check<Args & { tags?: object }> = ({ args: { computeEnvironments = [], tags } }) =>
  computeEnvironments.flatMap((own, index) => badTags(`computeEnvironments[${index}].tags`, own.tags, tags));

export const checkInstanceProfile: Check<{ roles?: Roles }, Settings> = ({ args: { roles }, settings }) => {
  const onEc2 = settings.compute.environments.some(({ jobPlatform }) => jobPlatform.platform === "ec2");
  return when(roles?.instanceProfileArn !== undefined && !onEc2, {
    path: "roles.instanceProfileArn",
    rule: "must not be given when no environment has EC2 instances that Batch manages",
    received: roles?.instanceProfileArn,
    remedy: "Remove it: Fargate has no instance profiles, and EKS nodes use eks.instanceProfileArn.",
  });
};

function checkEnvironment(args: ComputeEnvironment, environment: ComputeEnvironmentSettings): Problem[] {
  const { path, type } = environment;
  const types = notOneOf(`${path}.type`, args.type, EnvironmentType, "Omit it to use EC2.");
  const ranges = outOfRanges(path, args, ENVIRONMENT_LIMITS);
  return [
    ...badName(`${path}.name`, args.name, 60),
    ...types,
    ...ranges,
    // A number out of range would only be reported twice.
    ...(ranges.length > 0 || isFargate(type) ? [] : checkVcpus(environment)),
    ...(types.length > 0 ? [] : checkType(args, environment)),
    ...checkInstanceTypes(args, environment),
    ...outOfRanges(`${path}.updatePolicy`, args.updatePolicy, UPDATE_LIMITS),
    ...badFormIfKnown(`${path}.machineImageId`, args.machineImageId, MACHINE_IMAGE_ID),
    ...checkUserData(environment),
    ...checkEks(args, path),
    ...checkPhysicalName(args, path),
  ];
}

/** Fargate allows none. User data that is another resource's output is checked when it is known. */
function checkUserData({ path, userData, type, jobPlatform }: ComputeEnvironmentSettings): Problem[] {
  if (isFargate(type) || typeof userData !== "string") return [];
  return findUserDataProblems(`${path}.userData`, userData, jobPlatform.platform);
}

function checkPhysicalName({ computeEnvironmentName }: ComputeEnvironment, environment: string): Problem[] {
  const path = `${environment}.computeEnvironmentName`;
  return [
    ...badPhysicalName(path, computeEnvironmentName),
    ...when(/^AWS_BATCH/i.test(computeEnvironmentName ?? ""), {
      path,
      rule: "must not begin with AWS_BATCH",
      received: computeEnvironmentName,
      remedy: "Batch reserves such names: choose another.",
    }),
  ];
}

function checkVcpus({ path, minVcpus, desiredVcpus, maxVcpus }: ComputeEnvironmentSettings): Problem[] {
  if (minVcpus > maxVcpus) {
    const rule = `must not be above ${path}.maxVcpus, which is ${maxVcpus}`;
    const remedy = `Lower it, or raise ${path}.maxVcpus.`;
    return [problem({ path: `${path}.minVcpus`, rule, received: minVcpus, remedy })];
  }
  return when(desiredVcpus < minVcpus || desiredVcpus > maxVcpus, {
    path: `${path}.desiredVcpus`,
    rule: `must be from ${path}.minVcpus to ${path}.maxVcpus, which are ${minVcpus} and ${maxVcpus}`,
    received: desiredVcpus,
    remedy: "Omit it: Batch adjusts it to the jobs.",
  });
}

const ONLY_INSTANCES = [
  ...(["minVcpus", "desiredVcpus", "instanceTypes", "allocationStrategy", "diskGiB"] as const),
  ...(["machineImageId", "userData", "updatePolicy", "eks"] as const),
];

/** Settings that only some types of environments have. */
function checkType(args: ComputeEnvironment, { path, type }: ComputeEnvironmentSettings): Problem[] {
  const strategies = STRATEGIES[type] ?? [];
  return [
    ...(isFargate(type)
      ? notAllowed(path, args, {
          keys: ONLY_INSTANCES,
          where: "with Fargate, which has no instances",
          remedy: "Remove it, or choose the type EC2 or SPOT.",
        })
      : notOneOf(
          `${path}.allocationStrategy`,
          args.allocationStrategy,
          strategies,
          `Omit it to use ${strategies[0]}.`,
        )),
    ...when(type !== "SPOT" && args.maxSpotPricePercent !== undefined, {
      path: `${path}.maxSpotPricePercent`,
      rule: "must not be given without the type SPOT",
      received: args.maxSpotPricePercent,
      remedy: "Remove it, or choose the type SPOT.",
    }),
    ...when(!isSpot(type) && args.onDemandFallback === true, {
      path: `${path}.onDemandFallback`,
      rule: "must not be true without the type SPOT or FARGATE_SPOT",
      received: args.onDemandFallback,
      remedy: "Remove it: this environment is already On-Demand.",
    }),
  ];
}

function checkInstanceTypes(args: ComputeEnvironment, environment: ComputeEnvironmentSettings): Problem[] {
  const { path, instanceTypes, jobPlatform } = environment;
  const named = instanceTypes.map((name) => ({ name, ...readInstanceType(name) }));
  const others = named.filter(
    ({ architecture }) => architecture !== undefined && architecture !== jobPlatform.architecture,
  );
  const odd = named.filter(({ gpus }) => gpus !== environment.gpus);
  return [
    ...notOneOf(`${path}.architecture`, args.architecture, Architecture, "Omit it to use x86_64."),
    ...noEntries(`${path}.instanceTypes`, args.instanceTypes, "Omit it to use optimal."),
    ...badFormsIfKnown(`${path}.instanceTypes`, args.instanceTypes, INSTANCE_TYPE),
    ...when(others.length > 0, {
      path: `${path}.instanceTypes`,
      rule: `must all have the architecture ${jobPlatform.architecture}`,
      received: others.map(({ name }) => name),
      remedy: "Batch doesn't mix architectures: give the others their own environment and queues.",
    }),
    ...when(named.some(({ gpus }) => gpus) && odd.length > 0, {
      path: `${path}.instanceTypes`,
      rule: "must all have GPUs when one of them has",
      received: instanceTypes,
      remedy: "Instances with and without GPUs need different images: give those without GPUs their own environment.",
    }),
    ...when(environment.gpus && jobPlatform.architecture === "arm64", {
      path: `${path}.instanceTypes`,
      rule: "must be x86 when they have GPUs",
      received: instanceTypes,
      remedy: "Batch has no Amazon Linux 2023 image for Graviton instances with GPUs: use an x86 family such as g6.",
    }),
  ];
}
