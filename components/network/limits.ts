import type { Limit } from "../rules/numbers";

/** Limits of a new VPC. */
export const VPC_LIMITS = {
  availabilityZones: { min: 1, max: 6, unit: "zones", default: 2, remedy: "The default is 2." },
} satisfies Record<string, Limit>;
