import type { Compute } from "../pipeline";
import { badPhysicalName } from "./names";
import { outOfRanges, whole } from "./numbers";
import { type Check, type Problem, problem, when } from "./problem";

export const MAX_VCPUS = whole(1, 100_000, "The more, the more jobs run side by side.");

export const checkCompute: Check = ({ args: { compute }, pipeline }) => {
  if (!compute) return [];
  const { subnetIds, securityGroupIds } = compute;
  const ranges = outOfRanges("compute", compute, {
    minVcpus: whole(0, 100_000, "0 costs nothing while there is no work."),
    desiredVcpus: whole(0, 100_000, "Batch moves it as it needs."),
    maxVcpus: MAX_VCPUS,
  });
  return [
    ...ranges,
    // Numbers that are wrong in themselves would only be wrong once more.
    ...(ranges.length > 0 ? [] : checkVcpusTogether(pipeline.compute)),
    ...when(Array.isArray(compute.instanceTypes) && compute.instanceTypes.length === 0, () =>
      problem("compute.instanceTypes", "must have at least one entry", [], "Leave it out for optimal."),
    ),
    ...when(Array.isArray(subnetIds) && subnetIds.length === 0, () =>
      problem("compute.subnetIds", "must have at least one entry", [], "Leave it out for the default VPC."),
    ),
    ...when(subnetIds !== undefined && securityGroupIds === undefined, () =>
      problem(
        "compute.securityGroupIds",
        "must be given together with compute.subnetIds",
        undefined,
        "Name a security group of the same VPC that lets HTTPS out.",
      ),
    ),
    ...when(securityGroupIds !== undefined && subnetIds === undefined, () =>
      problem(
        "compute.subnetIds",
        "must be given together with compute.securityGroupIds",
        undefined,
        "Name subnets of the security groups' VPC, or leave both out for the default VPC.",
      ),
    ),
    ...badPhysicalName("compute.computeEnvironmentName", compute.computeEnvironmentName),
  ];
};

function checkVcpusTogether({ minVcpus, desiredVcpus, maxVcpus }: Compute): Problem[] {
  if (minVcpus > maxVcpus) {
    const rule = `must not be above compute.maxVcpus, which is ${maxVcpus}`;
    return [problem("compute.minVcpus", rule, minVcpus, "Lower it, or raise compute.maxVcpus.")];
  }
  return when(desiredVcpus < minVcpus || desiredVcpus > maxVcpus, () =>
    problem(
      "compute.desiredVcpus",
      `must be from compute.minVcpus to compute.maxVcpus, which are ${minVcpus} and ${maxVcpus}`,
      desiredVcpus,
      "Leave it out: Batch moves it as it needs.",
    ),
  );
}
