import type { Architecture } from "../../contract/jobPlatform";

/** What the name of an EC2 instance type or family reveals. */
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

/**
 * Reads `c7g.4xlarge`: a class, a generation, attributes and a size.
 * @see https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html
 */
export function readInstanceType(name: string): InstanceType {
  if (name === "optimal" || name === "default_x86_64") return { architecture: "x86_64", gpus: false };
  if (name === "default_arm64") return { architecture: "arm64", gpus: false };
  if (!/^[a-z]+\d+[a-z0-9-]*(\.[a-z0-9-]+)?$/.test(name)) return { gpus: false };
  return {
    architecture: ARM.test(name) ? "arm64" : "x86_64",
    gpus: GPU_FAMILY.test(name) && !AMD_GPU_FAMILY.test(name),
  };
}
