import { strict as assert } from "node:assert";

import type { Synthesis } from "../../../runner/synthesis/synthesis";
import { bundleWorker, named, synthesisePipeline } from "../../support/pipeline";

describe("the roles of VideoBatchPipeline without arguments", () => {
  let synthesis: Synthesis;
  before(async () => {
    bundleWorker();
    synthesis = await synthesisePipeline();
  });

  const trusts: [string, string, string?][] = [
    ["instance-role", "ec2.amazonaws.com"],
    ["job-role", "ecs-tasks.amazonaws.com", "arn:aws:ecs:us-east-1:123456789012:*"],
    ["execution-role", "ecs-tasks.amazonaws.com", "arn:aws:ecs:us-east-1:123456789012:*"],
    ["state-machine-role", "states.amazonaws.com", "arn:aws:states:us-east-1:123456789012:stateMachine:*"],
  ];
  for (const [role, service, source] of trusts) {
    it(`lets only ${service} have the ${role}, and only for this account`, () => {
      const from = { StringEquals: { "aws:SourceAccount": "123456789012" }, ArnLike: { "aws:SourceArn": source } };
      assert.deepEqual(named(synthesis, `videos-${role}`).inputs, {
        assumeRolePolicy: {
          Version: "2012-10-17",
          Statement: [
            {
              ...{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" },
              ...(source === undefined ? {} : { Condition: from }),
            },
          ],
        },
      });
    });
  }

  it("allows each role exactly what it needs", () => {
    const statementsOf = (policy: string): unknown => {
      const { policy: document } = named(synthesis, `videos-${policy}`).inputs as {
        policy: { Statement: Record<string, unknown>[] };
      };
      return document.Statement.map(({ Effect, Action, Resource }) => [Effect, Action, Resource]);
    };
    assert.deepEqual(statementsOf("job-policy"), [
      ["Allow", ["s3:GetObject"], ["arn:aws:s3:::videos-bucket/*"]],
      ["Allow", ["s3:ListBucket"], ["arn:aws:s3:::videos-bucket"]],
      [
        "Allow",
        ["s3:PutObject", "s3:PutObjectTagging", "s3:DeleteObject", "s3:AbortMultipartUpload"],
        ["arn:aws:s3:::videos-bucket/output/*"],
      ],
    ]);
    assert.deepEqual(statementsOf("execution-policy"), [
      [
        "Allow",
        ["logs:CreateLogStream", "logs:PutLogEvents"],
        ["arn:aws:logs:us-east-1:123456789012:log-group:videos-job-logs:*"],
      ],
      ["Allow", ["ecr:GetAuthorizationToken"], ["*"]],
      [
        "Allow",
        ["ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"],
        ["arn:aws:ecr:us-east-1:123456789012:repository/videos-image"],
      ],
    ]);
    const batch = "arn:aws:batch:us-east-1:123456789012";
    assert.deepEqual(statementsOf("state-machine-policy"), [
      [
        "Allow",
        ["batch:SubmitJob"],
        [
          `${batch}:job-definition/videos-*:*`,
          `${batch}:job-queue/videos-high-queue`,
          `${batch}:job-queue/videos-low-queue`,
        ],
      ],
      ["Allow", ["batch:DescribeJobs"], ["*"]],
      ["Allow", ["batch:TerminateJob"], [`${batch}:job/*`]],
      [
        "Allow",
        ["events:PutTargets", "events:PutRule", "events:DescribeRule"],
        ["arn:aws:events:us-east-1:123456789012:rule/StepFunctionsGetEventsForBatchJobsRule"],
      ],
      ["Allow", ["s3:GetObject"], ["arn:aws:s3:::videos-bucket/output/*work/orders/*.json"]],
      ["Allow", ["s3:GetObject"], ["arn:aws:s3:::videos-bucket/output/*work/damage/*.json"]],
      ["Allow", ["sns:Publish"], ["arn:aws:sns:us-east-1:123456789012:videos-topic"]],
      ["Allow", ["s3:GetObject"], ["arn:aws:s3:::videos-bucket/output/*work/failures/*.txt"]],
      [
        "Allow",
        [
          ...["logs:CreateLogDelivery", "logs:GetLogDelivery", "logs:UpdateLogDelivery", "logs:DeleteLogDelivery"],
          ...["logs:ListLogDeliveries", "logs:PutResourcePolicy", "logs:DescribeResourcePolicies"],
          "logs:DescribeLogGroups",
        ],
        ["*"],
      ],
    ]);
    assert.deepEqual(named(synthesis, "videos-instance-role-policy").inputs, {
      role: "videos-instance-role",
      policyArn: "arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role",
    });
  });
});
