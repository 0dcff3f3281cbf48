import type { ComputeEnvironmentArgs } from "./args";
import { readInstanceType } from "./instanceTypes";
import { type ComputeEnvironment, isFargate, isSpot } from "./defaults";
import { checkEks } from "./checkEks";
import { notAllowed, notOneOf } from "../rules/choices";
import { badName, badPhysicalName, duplicates } from "../rules/names";
import { outOfRanges, whole } from "../rules/numbers";
import { type Check, type Problem, problem, when } from "../rules/problem";
import { badTags } from "../rules/tags";

/** Batch allows 50 environments in a region of an account. */
const MOST_ENVIRONMENTS = 50;
const TYPES = ["EC2", "SPOT", "FARGATE", "FARGATE_SPOT"];
const STRATEGIES: Record<string, string[]> = {
  EC2: ["BEST_FIT_PROGRESSIVE"],
  SPOT: ["SPOT_PRICE_CAPACITY_OPTIMIZED", "SPOT_CAPACITY_OPTIMIZED", "BEST_FIT_PROGRESSIVE"],
};

export const checkComputeEnvironments: Check = ({ args: { computeEnvironments: given, tags }, pipeline }) => {
  if (!given) return [];
  const { computeEnvironments } = pipeline;
  const paths = computeEnvironments.map(({ path }) => path);
  return [
    ...when(given.length === 0, () =>
      problem("computeEnvironments", "must have at least one entry", [], "Leave it out for one of EC2 instances."),
    ),
    ...when(computeEnvironments.length > MOST_ENVIRONMENTS, () =>
      problem(
        "computeEnvironments",
        `must make at most ${MOST_ENVIRONMENTS} environments, which is what Batch allows`,
        computeEnvironments.length,
        "Let several queues share an environment.",
      ),
    ),
    ...given.flatMap((environment, index) => {
      const normalised = computeEnvironments.find(({ path }) => path === `computeEnvironments[${index}]`);
      return normalised ? checkEnvironment(environment, normalised, tags) : [];
    }),
    ...duplicates(
      "computeEnvironments",
      computeEnvironments.map(({ name }) => name),
      "name",
      paths,
    ),
    ...duplicates(
      "computeEnvironments",
      computeEnvironments.map(({ computeEnvironmentName }) => computeEnvironmentName),
      "computeEnvironmentName",
      paths,
    ),
  ];
};

function checkEnvironment(
  args: ComputeEnvironmentArgs,
  environment: ComputeEnvironment,
  ofPipeline: object | undefined,
): Problem[] {
  const { path, type } = environment;
  const types = notOneOf(`${path}.type`, args.type, TYPES, "Leave it out for EC2.");
  const ranges = outOfRanges(path, args, {
    minVcpus: whole(0, 100_000, "0 costs nothing while there is no work."),
    desiredVcpus: whole(0, 100_000, "Batch moves it as it needs."),
    maxVcpus: whole(1, 100_000, "The more, the more jobs run side by side."),
    maxSpotPricePercent: whole(1, 100, "Leave it out to pay what Spot Instances cost, at most the On-Demand price."),
    diskGiB: whole(30, 16_384, "Amazon Linux needs 30; 100 is the default."),
  });
  return [
    ...badName(`${path}.name`, args.name, 60),
    ...types,
    ...ranges,
    // Numbers that are wrong in themselves would only be wrong once more.
    ...(ranges.length > 0 || isFargate(type) ? [] : checkVcpusTogether(environment)),
    ...(types.length > 0 ? [] : checkKind(args, environment)),
    ...checkInstanceTypes(args, environment),
    ...outOfRanges(`${path}.updatePolicy`, args.updatePolicy, {
      jobTimeoutMinutes: whole(1, 7200, "30 is the default."),
    }),
    ...checkEks(args, path),
    ...badTags(`${path}.tags`, args.tags, ofPipeline),
    ...badPhysicalName(`${path}.computeEnvironmentName`, args.computeEnvironmentName),
    ...when(/^AWS_BATCH/i.test(args.computeEnvironmentName ?? ""), () =>
      problem(
        `${path}.computeEnvironmentName`,
        "must not begin with AWS_BATCH",
        args.computeEnvironmentName,
        "Batch keeps such names for itself: choose another.",
      ),
    ),
  ];
}

function checkVcpusTogether({ path, minVcpus, desiredVcpus, maxVcpus }: ComputeEnvironment): Problem[] {
  if (minVcpus > maxVcpus) {
    const rule = `must not be above ${path}.maxVcpus, which is ${maxVcpus}`;
    return [problem(`${path}.minVcpus`, rule, minVcpus, `Lower it, or raise ${path}.maxVcpus.`)];
  }
  return when(desiredVcpus < minVcpus || desiredVcpus > maxVcpus, () =>
    problem(
      `${path}.desiredVcpus`,
      `must be from ${path}.minVcpus to ${path}.maxVcpus, which are ${minVcpus} and ${maxVcpus}`,
      desiredVcpus,
      "Leave it out: Batch moves it as it needs.",
    ),
  );
}

/** What goes with the kind of machines and what doesn't. */
function checkKind(args: ComputeEnvironmentArgs, { path, type }: ComputeEnvironment): Problem[] {
  const ofInstances = "Remove it, or choose the type EC2 or SPOT.";
  return [
    ...(isFargate(type)
      ? notAllowed(
          path,
          args,
          [
            ...(["minVcpus", "desiredVcpus", "instanceTypes", "allocationStrategy", "diskGiB"] as const),
            ...(["userData", "updatePolicy", "eks"] as const),
          ],
          "with Fargate, which has no instances",
          ofInstances,
        )
      : notOneOf(
          `${path}.allocationStrategy`,
          args.allocationStrategy,
          STRATEGIES[type] ?? [],
          `Leave it out for ${STRATEGIES[type]?.[0]}.`,
        )),
    ...when(type !== "SPOT" && args.maxSpotPricePercent !== undefined, () =>
      problem(
        `${path}.maxSpotPricePercent`,
        "must not be given without the type SPOT",
        args.maxSpotPricePercent,
        "Remove it, or choose the type SPOT.",
      ),
    ),
    ...when(!isSpot(type) && args.onDemandFallback === true, () =>
      problem(
        `${path}.onDemandFallback`,
        "must not be true without the type SPOT or FARGATE_SPOT",
        args.onDemandFallback,
        "Remove it: this is On-Demand already.",
      ),
    ),
  ];
}

function checkInstanceTypes(args: ComputeEnvironmentArgs, environment: ComputeEnvironment): Problem[] {
  const { path, instanceTypes, site } = environment;
  const named = instanceTypes.map((name) => ({ name, ...readInstanceType(name) }));
  const others = named.filter(({ architecture }) => architecture !== undefined && architecture !== site.architecture);
  const odd = named.filter(({ gpus }) => gpus !== environment.gpus);
  return [
    ...notOneOf(`${path}.architecture`, args.architecture, ["x86_64", "arm64"], "Leave it out for x86_64."),
    ...when(args.instanceTypes?.length === 0, () =>
      problem(`${path}.instanceTypes`, "must have at least one entry", [], "Leave it out for optimal."),
    ),
    ...when(others.length > 0, () =>
      problem(
        `${path}.instanceTypes`,
        `must all be of the architecture ${site.architecture}`,
        others.map(({ name }) => name),
        "Batch doesn't mix architectures: give the others an environment and queues of their own.",
      ),
    ),
    ...when(named.some(({ gpus }) => gpus) && odd.length > 0, () =>
      problem(
        `${path}.instanceTypes`,
        "must all have GPUs when one has",
        instanceTypes,
        "They start from different images: give instances without GPUs an environment of their own.",
      ),
    ),
    ...when(environment.gpus && site.architecture === "arm64", () =>
      problem(
        `${path}.instanceTypes`,
        "must be x86 when they have GPUs",
        instanceTypes,
        "Batch has no image of Amazon Linux 2023 for Graviton with GPUs: take for example g6.",
      ),
    ),
  ];
}
