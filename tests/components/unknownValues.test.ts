import { strict as assert } from "node:assert";

import * as pulumi from "@pulumi/pulumi";

import type { VideoBatchPipelineArgs } from "../../index";
import { findProblems } from "../../components/checks";

/** A value that is known only after a deployment, and would be refused if it were known. */
const unknown = pulumi.output("…");
const promised = Promise.resolve("…");

const CASES: Record<string, VideoBatchPipelineArgs> = {
  "buckets": {
    storage: { bucket: unknown, inputBuckets: [unknown, promised] },
    trigger: { uploads: { buckets: [unknown] } },
  },
  "subnets and security groups": { network: { subnetIds: [unknown], securityGroupIds: [promised] } },
  "all subnets and security groups": {
    network: { subnetIds: pulumi.output(["…"]), securityGroupIds: Promise.resolve(["…"]) },
  },
  "roles": {
    roles: {
      ...{ stateMachineRoleArn: unknown, jobRoleArn: unknown, executionRoleArn: promised },
      ...{ instanceProfileArn: unknown, permissionsBoundaryArn: unknown },
    },
  },
  "keys, topics and addresses": {
    encryption: { kmsKeyArn: unknown },
    notifications: {
      ...{ topicArn: unknown, topicKeyArn: promised, emailAddresses: [unknown, promised] },
      subscriptions: [{ name: "desk", protocol: "email", endpoint: unknown }],
    },
  },
  "what jobs use": {
    jobs: {
      features: {
        ...{ image: unknown, command: ["true"], roleArn: promised, secrets: { KEY: unknown } },
        efsMounts: [{ fileSystemArn: unknown, accessPointId: promised, path: "/models" }],
      },
    },
  },
  "clusters": {
    computeEnvironments: [
      { name: "pods", eks: { clusterArn: unknown, namespace: "video", instanceProfileArn: promised } },
    ],
    network: { subnetIds: [unknown], securityGroupIds: [unknown] },
  },
  "videos": {
    trigger: { schedules: [{ name: "daily", expression: "rate(1 day)", input: unknown, output: promised }] },
  },
  "tags": { tags: { Team: unknown, Owner: promised } },
  "all tags": { tags: pulumi.output({ Team: "…" }) },
};

describe("values that are not known yet", () => {
  for (const [what, args] of Object.entries(CASES)) {
    it(`are accepted for ${what}`, () => {
      const image = { uri: unknown };
      assert.deepEqual(findProblems("videos", { image, ...args }), []);
    });
  }
});
