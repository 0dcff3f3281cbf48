import { strict as assert } from "node:assert";

import { type InstanceSize, findSizes } from "../../../components/compute/instanceSizes";
import { readInstanceType } from "../../../components/compute/instanceTypes";
import { roomForJobs } from "../../../components/compute/roomForJobs";

describe("the name of an instance type", () => {
  const CASES: [name: string, architecture: string | undefined, gpus: boolean][] = [
    ["optimal", "x86_64", false],
    ["default_arm64", "arm64", false],
    ["c7i", "x86_64", false],
    ["c7g.4xlarge", "arm64", false],
    ["m7i-flex.large", "x86_64", false],
    ["c6gn", "arm64", false],
    ["im4gn.large", "arm64", false],
    ["a1.large", "arm64", false],
    ["g6.xlarge", "x86_64", true],
    ["g4dn", "x86_64", true],
    ["g5g.xlarge", "arm64", true],
    ["g4ad.xlarge", "x86_64", false],
    ["gr6", "x86_64", true],
    ["p5.48xlarge", "x86_64", true],
    ["p6-b200.48xlarge", "x86_64", true],
    ["p6e-gb200.36xlarge", "arm64", true],
    ["u-6tb1.56xlarge", "x86_64", false],
    ["something", undefined, false],
  ];
  for (const [name, architecture, gpus] of CASES) {
    it(`says of ${name} what it is`, () => {
      const read = readInstanceType(name);
      assert.deepEqual([read.architecture, read.gpus], [architecture, gpus]);
    });
  }
});

const size = (vcpus: number, gib: number, gpus = 0): InstanceSize => ({ vcpus, memoryMiB: gib * 1024, gpus });

describe("the sizes of instances", () => {
  const CASES: [name: string, sizes: InstanceSize[]][] = [
    ["c7g.medium", [size(1, 2)]],
    ["c7g.4xlarge", [size(16, 32)]],
    ["c7g", [size(64, 128)]],
    ["m7i.metal-24xl", [size(96, 384)]],
    ["m5.metal", [size(96, 384)]],
    ["m4.10xlarge", [size(40, 160)]],
    ["r8i", [size(384, 3072)]],
    ["r4.large", [size(2, 15.25)]],
    ["x2iezn.metal", [size(48, 1536)]],
    ["x1e.32xlarge", [size(128, 3904)]],
    ["i3.metal", [size(72, 512)]],
    ["i7ie.18xlarge", [size(72, 576)]],
    ["c4.8xlarge", [size(36, 60)]],
    ["c5n.xlarge", [size(4, 10.5)]],
    ["t3.micro", [size(2, 1)]],
    ["t2.micro", [size(1, 1)]],
    ["g4dn.12xlarge", [size(48, 192, 4)]],
    ["g4ad.4xlarge", [size(16, 64)]],
    ["g5g.16xlarge", [size(64, 128, 2)]],
    ["gr6", [size(16, 128, 1), size(32, 256, 1)]],
    ["p5", [size(16, 256, 1), size(192, 2048, 8)]],
    ["p6-b300.48xlarge", [size(192, 4096, 8)]],
    // Nothing is known of these, and nothing is said against them.
    ["optimal", []],
    ["c99x.large", []],
    ["c7g.48xlarge", []],
    ["c7g.huge", []],
    ["g6.huge", []],
  ];
  for (const [name, sizes] of CASES) it(`are known of ${name}`, () => assert.deepEqual(findSizes(name), sizes));
});

describe("the room that an instance has for jobs", () => {
  it("is less than its memory, as in Batch's own example of an m4.large with 7,985 MiB, 32 of them reserved", () => {
    const [large] = findSizes("m4.large") as [InstanceSize];
    const { memoryMiB, vcpus } = roomForJobs("ec2", large);
    assert.deepEqual([memoryMiB, vcpus], [7984, 2]);
  });

  it("is less for pods, which share it with the kubelet", () => {
    assert.deepEqual(roomForJobs("eks", size(2, 4)), { vcpus: 1.93, memoryMiB: 3629, gpus: 0 });
    assert.equal(roomForJobs("eks", size(8, 32)).vcpus, 7.91);
  });
});
