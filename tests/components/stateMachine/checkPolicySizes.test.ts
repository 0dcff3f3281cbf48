import { strict as assert } from "node:assert";

import { findProblems } from "../../../components/checks";
import { normalise } from "../../../components/settings";
import { longestPolicies } from "../../../components/stateMachine/checkPolicySizes";
import type { VideoBatchPipelineArgs } from "../../../index";
import { resourcesOfType, type Synthesis } from "../../../testing";
import { EVERYTHING, EVERYTHING_OF_YOURS, EVERYTHING_ON_EKS, KEY_ON_FARGATE } from "../../security/everything";
import { bundleWorker, IMAGE, synthesisePipeline } from "../../support/pipeline";

const EKS = {
  clusterArn: "arn:aws:eks:us-east-1:123456789012:cluster/media",
  namespace: "video",
  instanceProfileArn: "arn:aws:iam::123456789012:instance-profile/nodes",
};
const NETWORK = { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] };

/** A definition for each rendition and architecture. */
const MANY: VideoBatchPipelineArgs = {
  image: IMAGE,
  network: NETWORK,
  computeEnvironments: [
    { name: "x86", maxVcpus: 16, eks: EKS },
    { name: "arm", maxVcpus: 16, architecture: "arm64", eks: EKS },
  ],
  queues: [
    { name: "high", priority: 2, environments: ["x86"] },
    { name: "low", priority: 1, environments: ["arm"] },
  ],
  parts: [{ queue: "high", seconds: 10 }, { queue: "low" }],
  renditions: Array.from({ length: 40 }, (_, index) => ({
    ...{ name: `rendition-${index}-with-a-long-name`, height: 720, crf: 20 },
    vcpus: 4,
    memoryMiB: 4096,
  })),
};

const reasons = (args: VideoBatchPipelineArgs): string[] => findProblems("videos", args).map(({ reason }) => reason);

/** Characters of the policy of a role, as IAM counts them. */
function charactersOf(synthesis: Synthesis, role: string): number {
  const policies = resourcesOfType(synthesis, "aws:iam/rolePolicy:RolePolicy").filter(
    ({ inputs }) => inputs["role"] === role,
  );
  return policies.reduce((total, { inputs }) => total + JSON.stringify(inputs["policy"]).length, 0);
}

const refusal = (key: string, characters: string, fewer: string): string =>
  `roles.${key} must be given because the policy of a created role would have more than 10,240 characters, which is IAM's limit. Received nothing. It would have up to ${characters}: name your own role, which can have managed policies, or ${fewer}.`;

describe("the policies of roles", () => {
  before(() => bundleWorker());

  it("fit with 40 renditions on two architectures of EKS, with room to spare", async () => {
    assert.deepEqual(reasons(MANY), []);
    const synthesis = await synthesisePipeline(MANY);
    assert.equal(resourcesOfType(synthesis, "aws:batch/jobDefinition:JobDefinition").length, 84);
    assert.ok(charactersOf(synthesis, "videos-state-machine-role") < 3000);
  });

  it("fit with the most queues that Batch has, in a name that is not too long", () => {
    const queues = Array.from({ length: 50 }, (_, index) => ({ name: `customer-${index}`, priority: 1 }));
    const parts = queues.map(({ name }, index) => ({ queue: name, ...(index < 49 ? { seconds: 10 } : {}) }));
    assert.deepEqual(reasons({ image: IMAGE, queues, parts, renditions: [{ name: "720p", height: 720 }] }), []);
  });

  it("are counted as no shorter than they are", async () => {
    const programs = { EVERYTHING, EVERYTHING_OF_YOURS, KEY_ON_FARGATE, EVERYTHING_ON_EKS, MANY, none: {} };
    const roles = { stateMachineRoleArn: "state-machine", jobRoleArn: "job", executionRoleArn: "execution" };
    for (const [program, args] of Object.entries(programs)) {
      const longest = longestPolicies(normalise("videos", args));
      const synthesis = await synthesisePipeline(args);
      for (const [key, role] of Object.entries(roles) as [keyof typeof roles, string][]) {
        const actual = charactersOf(synthesis, `videos-${role}-role`);
        assert.ok(actual <= longest[key], `${program} ${role}: ${actual} of ${longest[key]}`);
        // Nor by so much that what fits would be refused.
        assert.ok(longest[key] < 6000, `${program} ${role}: ${longest[key]}`);
      }
    }
  });

  const own = Object.fromEntries(["transcode"].map((job) => [job, { jobDefinitionName: "our-definition" }]));
  const buckets = Array.from({ length: 110 }, (_, index) => `masters-of-customer-${index}`);
  const secretsOf = (job: string): Record<string, string> =>
    Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [
        `KEY_${index}`,
        `arn:aws:secretsmanager:us-east-1:123456789012:secret:${job}-${index}-AbCdEf`,
      ]),
    );
  const cases: [what: string, args: VideoBatchPipelineArgs, role: string, refusal: string][] = [
    [
      "names of definitions",
      { ...MANY, jobs: own },
      "videos-state-machine-role",
      refusal("stateMachineRoleArn", "13,126", "omit jobDefinitionName and use fewer queues"),
    ],
    [
      "buckets",
      { image: IMAGE, storage: { inputBuckets: buckets } },
      "videos-job-role",
      refusal("jobRoleArn", "11,327", "read from fewer buckets and file systems"),
    ],
    [
      "secrets",
      {
        image: IMAGE,
        jobs: { features: { secrets: secretsOf("features") }, package: { secrets: secretsOf("package") } },
      },
      "videos-execution-role",
      refusal("executionRoleArn", "11,332", "give the jobs fewer secrets, since one secret can hold several values"),
    ],
  ];
  it("have each secret once, whichever of its values jobs get", () => {
    const [one = ""] = Object.values(secretsOf("features"));
    const jobs = Object.fromEntries(
      ["features", "package"].map((job) => [
        job,
        {
          secrets: Object.fromEntries(
            Array.from({ length: 60 }, (_, index) => [`KEY_${index}`, `${one}:key${index}::`]),
          ),
        },
      ]),
    );
    assert.deepEqual(reasons({ image: IMAGE, jobs }), []);
  });

  for (const [what, args, role, reason] of cases) {
    it(`are refused with too many ${what}, and not where the role exists`, () => {
      assert.deepEqual(reasons(args), [reason]);
      const key = /^roles\.(\w+)/.exec(reason)![1]!;
      assert.deepEqual(reasons({ ...args, roles: { [key]: `arn:aws:iam::123456789012:role/${role}` } }), []);
    });
  }
});
