import { strict as assert } from "node:assert";

import type { Roles, VideoBatchPipelineArgs } from "../../../index";
import { findProblems } from "../../../components/checks";
import { containerOf, IMAGE, named, ofType, synthesisePipeline } from "../../support/pipeline";

const iam = (resource: string): string => `arn:aws:iam::123456789012:${resource}`;
const existing: Roles = {
  stateMachineRoleArn: iam("role/states"),
  jobRoleArn: iam("role/jobs"),
  executionRoleArn: iam("role/path/starts"),
  instanceProfileArn: iam("instance-profile/machines"),
};

describe("roles that exist", () => {
  it("are used as they are, and no role, policy or profile is made", async () => {
    const synthesis = await synthesisePipeline({ image: IMAGE, roles: existing });
    assert.deepEqual(
      synthesis.resources.filter(({ type }) => type.startsWith("aws:iam")).map(({ name }) => name),
      [],
    );
    assert.equal(named(synthesis, "videos-state-machine").inputs["roleArn"], existing.stateMachineRoleArn);
    const { jobRoleArn, executionRoleArn } = containerOf(synthesis, "videos-TranscodeVideo");
    assert.deepEqual([jobRoleArn, executionRoleArn], [existing.jobRoleArn, existing.executionRoleArn]);
    const { computeResources } = named(synthesis, "videos-compute").inputs as Record<string, Record<string, unknown>>;
    assert.equal(computeResources?.["instanceRole"], existing.instanceProfileArn);
    const { stateMachineRoleArn, instanceRoleArn } = synthesis.outputs;
    assert.deepEqual([stateMachineRoleArn, instanceRoleArn], [existing.stateMachineRoleArn, null]);
  });

  it("leave the others to be made", async () => {
    const synthesis = await synthesisePipeline({ image: IMAGE, roles: { executionRoleArn: iam("role/starts") } });
    assert.deepEqual(
      ofType(synthesis, "aws:iam/role:Role")
        .map(({ name }) => name)
        .sort(),
      ["videos-instance-role", "videos-job-role", "videos-state-machine-role"],
    );
  });

  it("give way to a role of the job's own", async () => {
    const jobs = { features: { roleArn: iam("role/faces") } };
    const synthesis = await synthesisePipeline({ image: IMAGE, jobs, roles: { jobRoleArn: iam("role/jobs") } });
    const roleOf = (job: string): unknown => containerOf(synthesis, job)["jobRoleArn"];
    assert.deepEqual(
      [roleOf("videos-ExtractFeatures"), roleOf("videos-TranscodeVideo")],
      [iam("role/faces"), iam("role/jobs")],
    );
  });

  const FARGATE = { computeEnvironments: [{ name: "machines", type: "FARGATE" as const }] };
  const everyJob = Object.fromEntries(
    ["metadata", "features", "transcode", "package"].map((job) => [job, { roleArn: iam("role/own") }]),
  );
  const wrong: [VideoBatchPipelineArgs, string][] = [
    [
      { roles: { jobRoleArn: "jobs" } },
      'roles.jobRoleArn must be the ARN of an IAM role. Received "jobs". Use an ARN such as arn:aws:iam::123456789012:role/jobs.',
    ],
    [
      { roles: { instanceProfileArn: iam("role/machines") } },
      'roles.instanceProfileArn must be the ARN of an IAM instance profile. Received "arn:aws:iam::123456789012:role/machines". Use an ARN such as arn:aws:iam::123456789012:instance-profile/instances.',
    ],
    [
      { roles: { executionRoleArn: "arn:aws:iam::aws:role/starts" } },
      'roles.executionRoleArn must be the ARN of an IAM role. Received "arn:aws:iam::aws:role/starts". Use an ARN such as arn:aws:iam::123456789012:role/starts-jobs.',
    ],
    [
      { ...FARGATE, roles: { instanceProfileArn: iam("instance-profile/machines") } },
      'roles.instanceProfileArn must not be given when no environment has EC2 instances that Batch manages. Received "arn:aws:iam::123456789012:instance-profile/machines". Remove it: Fargate has no instance profiles, and EKS nodes use eks.instanceProfileArn.',
    ],
    [
      { jobs: everyJob, roles: { jobRoleArn: iam("role/jobs") } },
      'roles.jobRoleArn must not be given when every job has its own `roleArn`. Received "arn:aws:iam::123456789012:role/jobs". Remove it, or remove `roleArn` from the jobs that should use this role.',
    ],
  ];
  for (const [args, reason] of wrong) {
    it(`says: ${reason.slice(0, 90)}`, () => {
      assert.deepEqual(
        findProblems("videos", { image: IMAGE, ...args }).map((problem) => problem.reason),
        [reason],
      );
    });
  }

  it("may be those of AWS itself as a boundary", () => {
    const roles = { permissionsBoundaryArn: "arn:aws:iam::aws:policy/PowerUserAccess" };
    assert.deepEqual(findProblems("videos", { image: IMAGE, roles }), []);
  });
});
