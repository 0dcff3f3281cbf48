import { strict as assert } from "node:assert";
import { setImmediate } from "node:timers/promises";

import * as pulumi from "@pulumi/pulumi";

import { VideoBatchPipeline, type VideoBatchPipelineArgs } from "../../index";
import { IMAGE } from "../support/pipeline";

const CLUSTER = "arn:aws:eks:us-east-1:123456789012:cluster/media";

const CASES: Record<string, VideoBatchPipelineArgs> = {
  "defaults": {},
  "a new network, keys, triggers, alarms and a dashboard": {
    ...{ image: IMAGE, approval: {}, enableDash: true, encryption: { enableKey: true } },
    network: { vpc: { enableInterfaceEndpoints: true, natGateways: "none" } },
    trigger: {
      uploads: { prefixes: ["uploads/"] },
      schedules: [{ name: "daily", expression: "rate(1 day)", input: "s3://videos/daily.mp4" }],
    },
    monitoring: { enableDashboard: true, enableAlarms: true, enableTracing: true },
    notifications: { emailAddresses: ["team@example.com"], enableServiceNotices: true },
  },
  "pods with volume claims": {
    image: IMAGE,
    computeEnvironments: [
      {
        name: "nodes",
        eks: {
          ...{ clusterArn: CLUSTER, namespace: "video", serviceAccountName: "worker" },
          instanceProfileArn: "arn:aws:iam::123456789012:instance-profile/nodes",
        },
      },
    ],
    network: { subnetIds: ["subnet-0a1b2c3d"], securityGroupIds: ["sg-0a1b2c3d"] },
    jobs: {
      features: {
        ...{ image: "123456789012.dkr.ecr.us-east-1.amazonaws.com/scenes:7", command: ["scenes"] },
        pod: { serviceAccountName: "scenes", claimMounts: [{ claimName: "models", path: "/models" }] },
      },
    },
  },
};

describe("mocks that return only a resource's inputs", () => {
  const problems: unknown[] = [];
  const collect = (problem: unknown): void => void problems.push(problem);
  beforeEach(() => void problems.splice(0));
  before(() => process.on("unhandledRejection", collect));
  after(() => void process.off("unhandledRejection", collect));

  for (const [what, args] of Object.entries(CASES)) {
    it(`leave no output waiting: ${what}`, async () => {
      await pulumi.runtime.setMocks({
        newResource: ({ name, inputs }) => ({ id: `${name}_id`, state: inputs as object }),
        call: ({ inputs }) => inputs as object,
      });
      const pipeline = new VideoBatchPipeline("videos", args);
      await pulumi.runtime.disconnect();
      const outputs = Object.entries(pipeline).filter(([, value]) => pulumi.Output.isInstance(value));
      const settled = await Promise.all(outputs.map(async ([name, value]) => [name, await valueOf(value as never)]));
      const { definition } = Object.fromEntries(settled) as Record<string, unknown>;
      assert.equal((JSON.parse(definition as string) as { StartAt: string }).StartAt, "Extract Metadata");
      await setImmediate();
      assert.deepEqual(problems, []);
    });
  }
});

function valueOf(output: pulumi.Output<unknown>): Promise<unknown> {
  return new Promise((resolve) => output.apply(resolve));
}
