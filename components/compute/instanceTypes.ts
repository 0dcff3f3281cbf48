import type { Architecture } from "../../contract/jobPlatform";
import type { Form } from "../rules/forms";

/** What the name of an EC2 instance type or family says. */
export interface InstanceType {
  /** Absent for names that follow no pattern. */
  architecture?: Architecture;
  gpus: boolean;
}

/** `g4ad` has GPUs of AMD, which have neither CUDA nor NVENC; all others are NVIDIA's. */
const GPU_FAMILY = /^(g|gr|p)\d/;
const AMD_GPU_FAMILY = /^g4ad/;

/** A `g` right after the generation means Graviton; `p6e-gb200` has NVIDIA's Grace instead. */
const ARM = /^(a1|[a-z]+\d+g|p6e-gb)/;

/** Names for types that Batch chooses. */
const ARCHITECTURES = new Map<string, Architecture>([
  ["optimal", "x86_64"],
  ["default_x86_64", "x86_64"],
  ["default_arm64", "arm64"],
]);

/** A class, a generation, attributes and a size, as in `c7g.4xlarge`, `p6-b200` or `u-6tb1`. New ones appear every month. */
const NAME = /^[a-z]+-?\d+[a-z0-9-]*(\.[a-z0-9-]+)?$/;

export const INSTANCE_TYPE: Form = {
  pattern: new RegExp(`^(${[...ARCHITECTURES.keys()].join("|")})$|${NAME.source}`),
  rule: "must be an instance type or family",
  remedy: "Use a value such as c7i, c7i.xlarge or optimal.",
};

/**
 * Reads the name of a type or family.
 * @see https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html
 */
export function readInstanceType(name: string): InstanceType {
  const architecture = ARCHITECTURES.get(name);
  if (architecture) return { architecture, gpus: false };
  if (!NAME.test(name)) return { gpus: false };
  return {
    architecture: ARM.test(name) ? "arm64" : "x86_64",
    gpus: GPU_FAMILY.test(name) && !AMD_GPU_FAMILY.test(name),
  };
}
