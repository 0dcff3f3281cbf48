/**
 * The sizes of EC2's instance types, as of November 2026. Unknown types and families are not refused, because AWS adds new ones every
 * month.
 * @see https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-types.html
 */
export interface InstanceSize {
  vcpus: number;
  memoryMiB: number;
  /** GPUs of NVIDIA. */
  gpus: number;
}

/** Families whose sizes follow a rule: GiB for each vCPU, and the vCPUs of the largest size, `metal` included. */
const REGULAR: [gibPerVcpu: number, mostVcpus: number, families: string][] = [
  [2, 16, "a1"],
  [2, 64, "c6g c6gd c6gn c7g c7gd c7gn c7i-flex c8i-flex"],
  [2, 96, "c5 c5a c5ad c5d inf1 vt1"],
  [2, 128, "c6i c6id c6in"],
  [2, 192, "c6a c7a c7i c8a c8g c8gb c8gd c8gn"],
  [2, 384, "c8i c8id"],
  [4, 48, "m5zn"],
  [4, 64, "h1 im4gn m4 m6g m6gd m7g m7gd m7i-flex m8i-flex"],
  [4, 96, "m5 m5a m5ad m5d m5dn m5n"],
  [4, 128, "m6i m6id m6idn m6in trn1 trn1n"],
  [4, 192, "inf2 m6a m7a m7i m8a m8g m8gb m8gd m8gn"],
  [4, 384, "m8i m8id"],
  [6, 32, "is4gen"],
  [7.625, 64, "r4"],
  [8, 32, "d3"],
  [8, 48, "z1d"],
  [8, 64, "i4g r6g r6gd r7g r7gd r8i-flex"],
  [8, 96, "dl1 i3en r5 r5a r5ad r5b r5d r5dn r5n"],
  [8, 128, "i4i r6i r6id r6idn r6in r7iz"],
  [8, 192, "i7i i7ie i8g i8ge r6a r7a r7i r8a r8g r8gb r8gd r8gn"],
  [8, 384, "r8i r8id"],
  [15.25, 128, "x1"],
  [16, 64, "x2gd"],
  [16, 128, "x2idn"],
  [16, 192, "x8g"],
  [16, 384, "x8i"],
  [30.5, 128, "x1e"],
  [32, 48, "x2iezn"],
  [32, 128, "x2iedn"],
];

/** Families that follow no such rule: each size with its vCPUs, GiB and GPUs. */
const IRREGULAR: Record<string, string> = {
  "c4": "large 2 3.75, xlarge 4 7.5, 2xlarge 8 15, 4xlarge 16 30, 8xlarge 36 60",
  "c5n": "large 2 5.25, xlarge 4 10.5, 2xlarge 8 21, 4xlarge 16 42, 9xlarge 36 96, 18xlarge 72 192, metal 72 192",
  "d2": "xlarge 4 30.5, 2xlarge 8 61, 4xlarge 16 122, 8xlarge 36 244",
  "d3en": "xlarge 4 16, 2xlarge 8 32, 4xlarge 16 64, 6xlarge 24 96, 8xlarge 32 128, 12xlarge 48 192",
  "i3": "large 2 15.25, xlarge 4 30.5, 2xlarge 8 61, 4xlarge 16 122, 8xlarge 32 244, 16xlarge 64 488, metal 72 512",
  "t2": "nano 1 0.5, micro 1 1, small 1 2, medium 2 4, large 2 8, xlarge 4 16, 2xlarge 8 32",
  "t3": "nano 2 0.5, micro 2 1, small 2 2, medium 2 4, large 2 8, xlarge 4 16, 2xlarge 8 32",
  "t3a": "nano 2 0.5, micro 2 1, small 2 2, medium 2 4, large 2 8, xlarge 4 16, 2xlarge 8 32",
  "t4g": "nano 2 0.5, micro 2 1, small 2 2, medium 2 4, large 2 8, xlarge 4 16, 2xlarge 8 32",
  "g3": "4xlarge 16 122 1, 8xlarge 32 244 2, 16xlarge 64 488 4",
  "g3s": "xlarge 4 30.5 1",
  "g4ad": "xlarge 4 16, 2xlarge 8 32, 4xlarge 16 64, 8xlarge 32 128, 16xlarge 64 256",
  "g4dn":
    "xlarge 4 16 1, 2xlarge 8 32 1, 4xlarge 16 64 1, 8xlarge 32 128 1, 12xlarge 48 192 4, 16xlarge 64 256 1, metal 96 384 8",
  "g5": "xlarge 4 16 1, 2xlarge 8 32 1, 4xlarge 16 64 1, 8xlarge 32 128 1, 12xlarge 48 192 4, 16xlarge 64 256 1, 24xlarge 96 384 4, 48xlarge 192 768 8",
  "g5g": "xlarge 4 8 1, 2xlarge 8 16 1, 4xlarge 16 32 1, 8xlarge 32 64 1, 16xlarge 64 128 2, metal 64 128 2",
  "g6": "xlarge 4 16 1, 2xlarge 8 32 1, 4xlarge 16 64 1, 8xlarge 32 128 1, 12xlarge 48 192 4, 16xlarge 64 256 1, 24xlarge 96 384 4, 48xlarge 192 768 8",
  "g6e":
    "xlarge 4 32 1, 2xlarge 8 64 1, 4xlarge 16 128 1, 8xlarge 32 256 1, 12xlarge 48 384 4, 16xlarge 64 512 1, 24xlarge 96 768 4, 48xlarge 192 1536 8",
  "g7e":
    "2xlarge 8 64 1, 4xlarge 16 128 1, 8xlarge 32 256 1, 12xlarge 48 512 2, 24xlarge 96 1024 4, 48xlarge 192 2048 8",
  "gr6": "4xlarge 16 128 1, 8xlarge 32 256 1",
  "p3": "2xlarge 8 61 1, 8xlarge 32 244 4, 16xlarge 64 488 8",
  "p3dn": "24xlarge 96 768 8",
  "p4d": "24xlarge 96 1152 8",
  "p4de": "24xlarge 96 1152 8",
  "p5": "4xlarge 16 256 1, 48xlarge 192 2048 8",
  "p5e": "48xlarge 192 2048 8",
  "p5en": "48xlarge 192 2048 8",
  "p6-b200": "48xlarge 192 2048 8",
  "p6-b300": "48xlarge 192 4096 8",
};

const BY_FAMILY = new Map<string, (size: string | undefined) => InstanceSize[]>([
  ...REGULAR.flatMap(([gibPerVcpu, mostVcpus, families]) =>
    families.split(" ").map((family) => [family, regularSizes(gibPerVcpu, mostVcpus)] as const),
  ),
  ...Object.entries(IRREGULAR).map(([family, table]) => [family, listedSizes(table)] as const),
]);

/**
 * The sizes of a type (`c7g.4xlarge`) or of a whole family (`g6`). Where larger sizes have more of everything, the largest one is
 * enough. Empty when they are unknown.
 */
export function findSizes(name: string): InstanceSize[] {
  const [family = "", size] = name.split(".");
  return BY_FAMILY.get(family)?.(size) ?? [];
}

function regularSizes(gibPerVcpu: number, mostVcpus: number): (size: string | undefined) => InstanceSize[] {
  return (size = "metal") => {
    const vcpus = size === "metal" ? mostVcpus : readVcpus(size);
    // A size above the largest in the table is unknown.
    return vcpus === undefined || vcpus > mostVcpus ? [] : [{ vcpus, memoryMiB: vcpus * gibPerVcpu * 1024, gpus: 0 }];
  };
}

/** `medium` has 1 vCPU, `large` 2, `xlarge` 4, and both `4xlarge` and `metal-4xl` 16. */
function readVcpus(size: string): number | undefined {
  if (size === "medium") return 1;
  if (size === "large") return 2;
  const [, times] = /^(?:metal-)?(\d*)xl(?:arge)?$/.exec(size) ?? [];
  return times === undefined ? undefined : Number(times || 1) * 4;
}

function listedSizes(table: string): (size: string | undefined) => InstanceSize[] {
  const sizes = table.split(", ").map((entry) => {
    const [name, vcpus = 0, gib = 0, gpus = 0] = entry.split(" ").map((word, at) => (at === 0 ? word : Number(word)));
    return { name, vcpus: Number(vcpus), memoryMiB: Number(gib) * 1024, gpus: Number(gpus) };
  });
  return (wanted) =>
    sizes
      .filter(({ name }) => wanted === undefined || wanted === name)
      .map(({ vcpus, memoryMiB, gpus }) => ({ vcpus, memoryMiB, gpus }));
}
