import type { Architecture } from "./site";

/** What the name of an EC2 instance type or family says. */
export interface InstanceType {
  /** Absent for names that follow no pattern. */
  architecture?: Architecture;
  gpus: boolean;
  /** Absent for families, and for sizes that follow no rule, such as `metal`. */
  vcpus?: number;
  /** Only of families whose ratio of memory to vCPUs is the same at every size. */
  memoryMiB?: number;
}

/** Memory of each vCPU in MiB. Variants with more memory or faster networks (`c5n`) are left out. */
const MEMORY_PER_VCPU: Record<string, number> = { c: 2048, m: 4096, r: 8192 };

/** Families with NVIDIA GPUs, and those with AMD's (`g4ad`), which have neither CUDA nor NVENC. */
const GPU_FAMILY = /^(g|gr|p)\d/;
const AMD_GPU_FAMILY = /^g4ad/;

/**
 * Reads `c7g.4xlarge`: a class, a generation, attributes, of which a `g` in the first place is Graviton, and a size. GPU
 * families name theirs differently: `g5g` is Graviton too.
 * @see https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html
 */
export function readInstanceType(name: string): InstanceType {
  if (name === "optimal" || name === "default_x86_64") return { architecture: "x86_64", gpus: false };
  if (name === "default_arm64") return { architecture: "arm64", gpus: false };
  const [, letters, generation, attributes = "", size] =
    /^([a-z]+)(\d+)([a-z0-9-]*)(?:\.([a-z0-9-]+))?$/.exec(name) ?? [];
  if (letters === undefined) return { gpus: false };
  const arm = attributes.startsWith("g") || name.startsWith("a1");
  const vcpus = vcpusOf(`${letters}${generation}`, size);
  const perVcpu = /^(g|a|i|id|gd|ad|d|)$/.test(attributes) ? MEMORY_PER_VCPU[letters] : undefined;
  return {
    architecture: arm ? "arm64" : "x86_64",
    gpus: GPU_FAMILY.test(name) && !AMD_GPU_FAMILY.test(name),
    vcpus,
    memoryMiB: vcpus !== undefined && perVcpu !== undefined ? vcpus * perVcpu : undefined,
  };
}

/** These keep no rule: burstable types, high-memory ones, Macs, and cores without hyper-threading. */
const IRREGULAR = /^(t\d|u-?\d|mac|hpc|c1$|c4$|m2$)/;

/** `large` has 2 vCPUs, `xlarge` 4, `4xlarge` 16. */
function vcpusOf(family: string, size: string | undefined): number | undefined {
  if (IRREGULAR.test(family)) return undefined;
  if (size === "medium") return 1;
  if (size === "large") return 2;
  const [, times] = /^(\d*)xlarge$/.exec(size ?? "") ?? [];
  return times === undefined ? undefined : Number(times || 1) * 4;
}
