import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import path from "node:path";

import { serviceStatements } from "../../../components/access/keyPolicy";
import type { VideoBatchPipelineArgs } from "../../../index";
import type { Synthesis, SynthesisedResource } from "../../../runner/synthesis/synthesis";
import { bundleWorker, named, ofType, synthesisePipeline } from "../../support/pipeline";

const KEY = "arn:aws:kms:us-east-1:123456789012:key/1234abcd";
const everything: VideoBatchPipelineArgs = {
  trigger: {
    uploads: {},
    schedules: [{ name: "daily", expression: "rate(1 day)", input: "s3://videos/news.mp4" }],
  },
  monitoring: {},
  events: { enableBus: true },
};

/** Where a resource has its key. Every type that can have one is here, or in the list of those that don't need one. */
const KEYS: Record<string, (inputs: Record<string, unknown>) => unknown> = {
  "aws:cloudwatch/eventBus:EventBus": ({ kmsKeyIdentifier }) => kmsKeyIdentifier,
  "aws:cloudwatch/logGroup:LogGroup": ({ kmsKeyId }) => kmsKeyId,
  "aws:ec2/launchTemplate:LaunchTemplate": ({ blockDeviceMappings }) =>
    (blockDeviceMappings as { ebs: { kmsKeyId?: string } }[]).map(({ ebs }) => ebs.kmsKeyId)[0],
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": ({ rules }) =>
    (rules as { applyServerSideEncryptionByDefault: { kmsMasterKeyId?: string } }[])[0]
      ?.applyServerSideEncryptionByDefault.kmsMasterKeyId,
  "aws:scheduler/schedule:Schedule": ({ kmsKeyArn }) => kmsKeyArn,
  "aws:sfn/stateMachine:StateMachine": ({ encryptionConfiguration }) =>
    (encryptionConfiguration as { kmsKeyId?: string } | undefined)?.kmsKeyId,
  "aws:sns/topic:Topic": ({ kmsMasterKeyId }) => kmsMasterKeyId,
  "aws:sqs/queue:Queue": ({ kmsMasterKeyId }) => kmsMasterKeyId,
  "awsx:ecr:Repository": ({ encryptionConfigurations }) =>
    (encryptionConfigurations as { kmsKey?: string }[] | undefined)?.[0]?.kmsKey,
};

function keysOf({ resources }: Synthesis): [string, unknown][] {
  return resources.flatMap(({ type, name, inputs }: SynthesisedResource): [string, unknown][] => {
    const read = KEYS[type];
    return read ? [[name, read(inputs)]] : [];
  });
}

describe("a key of the user's", () => {
  let synthesis: Synthesis;
  before(async () => {
    bundleWorker();
    synthesis = await synthesisePipeline({ ...everything, encryption: { kmsKeyArn: KEY } });
  });

  it("encrypts everything that can have a key", () => {
    assert.deepEqual(Object.fromEntries(keysOf(synthesis)), {
      "videos-bucket-encryption": KEY,
      "videos-daily-schedule": KEY,
      "videos-compute-launch-template": KEY,
      "videos-dead-letters": KEY,
      "videos-events": KEY,
      "videos-job-events": KEY,
      "videos-job-logs": KEY,
      "videos-repository": KEY,
      "videos-state-machine": KEY,
      "videos-state-machine-logs": KEY,
      "videos-topic": KEY,
    });
    assert.deepEqual(ofType(synthesis, "aws:kms/key:Key"), []);
  });

  it("can be used by roles through the services that they work with, and not otherwise", () => {
    const uses = ofType(synthesis, "aws:iam/rolePolicy:RolePolicy").flatMap(({ name, inputs }) =>
      (inputs["policy"] as { Statement: Record<string, string[]>[] }).Statement.filter(({ Action }) =>
        Action?.[0]?.startsWith("kms:"),
      ).map(({ Action, Resource, Condition }) => {
        assert.deepEqual(Resource, [KEY]);
        return [name, Action, Condition];
      }),
    );
    const via = (service: string): unknown => ({
      StringEquals: { "kms:ViaService": `${service}.us-east-1.amazonaws.com` },
    });
    const like = (name: string, arn: string): unknown => ({ StringLike: { [`kms:EncryptionContext:${name}`]: arn } });
    const account = "us-east-1:123456789012";
    const both = ["kms:Decrypt", "kms:GenerateDataKey"];
    const machine = "videos-state-machine-policy";
    assert.deepEqual(
      uses.sort(([a], [b]) => String(a).localeCompare(String(b))),
      [
        ["videos-job-policy", both, via("s3")],
        ["videos-notices-policy", both, via("sns")],
        ["videos-schedules-policy", both, via("sqs")],
        [
          ...["videos-schedules-policy", ["kms:Decrypt"]],
          {
            ArnLike: {
              "kms:EncryptionContext:aws:scheduler:schedule:arn": `arn:aws:scheduler:${account}:schedule/videos-schedules/*`,
            },
          },
        ],
        [machine, both, via("sns")],
        [machine, ["kms:Decrypt"], via("s3")],
        [machine, both, like("aws:states:stateMachineArn", `arn:aws:states:${account}:stateMachine:*`)],
        [machine, ["kms:GenerateDataKey"], like("SourceArn", `arn:aws:logs:${account}:*`)],
      ],
    );
  });

  it("has to have the statements that docs/permissions.md shows", () => {
    const page = readFileSync(path.join(__dirname, "..", "..", "..", "docs", "permissions.md"), "utf8");
    const [, json = ""] = /<!-- key policy -->\n```json\n(.*?)```/s.exec(page) ?? [];
    const place = { partition: "aws", region: "REGION", account: "ACCOUNT" };
    assert.deepEqual(JSON.parse(json), serviceStatements(place));
  });
});

describe("a key that is made", () => {
  it("encrypts everything, the topic too, and lets the services use it", async () => {
    const computeEnvironments = [{ name: "spot", type: "SPOT" as const }];
    const synthesis = await synthesisePipeline({ ...everything, computeEnvironments, encryption: { enableKey: true } });
    const made = "arn:aws:kms:us-east-1:123456789012:key/videos-key";
    assert.deepEqual(new Set(keysOf(synthesis).map(([, key]) => key)), new Set([made]));
    assert.equal(ofType(synthesis, "aws:kms/key:Key").length, 1);
    const { policy } = named(synthesis, "videos-key").inputs;
    const { Statement } = JSON.parse(policy as string) as { Statement: { Sid: string }[] };
    const place = { partition: "aws", region: "us-east-1", account: "123456789012" };
    assert.equal(Statement[0]?.Sid, "Account");
    assert.deepEqual(Statement.slice(1), serviceStatements(place));
  });

  it("names the roles of the account's own partition that start instances, in a condition, since they may not exist yet", () => {
    const place = { partition: "aws-cn", region: "cn-north-1", account: "123456789012" };
    const uses = { deadLetters: false, alarms: false, disks: true, spot: false, eventBus: false };
    const [disks, attach] = serviceStatements(place, uses).slice(-2);
    const launching = {
      StringEquals: { "aws:PrincipalAccount": "123456789012" },
      ArnLike: {
        "aws:PrincipalArn": [
          "arn:aws-cn:iam::123456789012:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling*",
        ],
      },
    };
    assert.deepEqual([disks?.Principal, disks?.Condition], [{ AWS: "*" }, launching]);
    assert.deepEqual(
      [attach?.Principal, attach?.Action, attach?.Condition],
      [{ AWS: "*" }, ["kms:CreateGrant"], { ...launching, Bool: { "kms:GrantIsForAWSResource": "true" } }],
    );
  });

  it("lets no service use it that has nothing to do with it", async () => {
    const synthesis = await synthesisePipeline({
      encryption: { enableKey: true },
      computeEnvironments: [{ name: "compute", type: "FARGATE" }],
      trigger: { schedules: everything.trigger!.schedules },
    });
    const { policy } = named(synthesis, "videos-key").inputs;
    const { Statement } = JSON.parse(policy as string) as { Statement: { Sid: string }[] };
    assert.deepEqual(
      Statement.map(({ Sid }) => Sid),
      ["Account", "CloudWatchLogs", "LogsOfExecutions"],
    );
  });
});

it("without a key, everything is encrypted with those of AWS", async () => {
  const synthesis = await synthesisePipeline();
  assert.deepEqual(
    keysOf(synthesis).filter(([, key]) => key !== undefined),
    [["videos-topic", "alias/aws/sns"]],
  );
});
