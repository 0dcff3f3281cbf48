import { strict as assert } from "node:assert";

import * as pulumi from "@pulumi/pulumi";

import { checkFixedNames } from "../../../components/changes/checkFixedNames";
import { listFixedNames, type FixedName } from "../../../components/changes/fixedNames";
import { normalise } from "../../../components/settings";
import type { Eks, VideoBatchPipelineArgs } from "../../../index";

const fixedNames = (args: VideoBatchPipelineArgs): FixedName[] => listFixedNames(args, normalise("videos", args));
const problems = (before: VideoBatchPipelineArgs, now: VideoBatchPipelineArgs): string[] =>
  checkFixedNames(fixedNames(before), fixedNames(now)).map(({ reason }) => reason);

const onCluster = (clusterArn: Eks["clusterArn"]): VideoBatchPipelineArgs => ({
  computeEnvironments: [
    {
      ...{ name: "nodes", computeEnvironmentName: "Fixed" },
      eks: { clusterArn, namespace: "video", instanceProfileArn: "arn:aws:iam::123456789012:instance-profile/nodes" },
    },
  ],
});

/** The engine's own test is in `tests/engine/changes/fixedNames.spec.ts`. */
describe("fixed names in AWS", () => {
  it("belong to one kind of resource each", () => {
    const queue = { queues: [{ name: "a", priority: 1, jobQueueName: "Fixed" }] };
    assert.deepEqual(problems({ computeEnvironments: [{ name: "b", computeEnvironmentName: "Fixed" }] }, queue), []);
  });

  it("may move to another place of a list, and be given for the first time", () => {
    const queues = ["a", "b"].map((name) => ({ name, priority: 1, jobQueueName: `Fixed-${name}` }));
    assert.deepEqual(problems({ queues }, { queues: queues.reverse() }), []);
    assert.deepEqual(problems({}, { queues }), []);
  });

  it("stay when a value that decides is not known yet, and not when it differs", () => {
    const unknown = pulumi.output("arn:aws:eks:us-east-1:123456789012:cluster/media");
    assert.deepEqual(problems(onCluster("arn:aws:eks:us-east-1:123456789012:cluster/media"), onCluster(unknown)), []);
    assert.deepEqual(
      problems(
        onCluster("arn:aws:eks:us-east-1:123456789012:cluster/media"),
        onCluster("arn:aws:eks:us-east-1:123456789012:cluster/news"),
      ),
      [
        'computeEnvironments[0].computeEnvironmentName must change together with eks.clusterArn. Received "Fixed". The replacement is created before the old resource is deleted, and AWS doesn\'t allow two with one name: choose another name, or omit it to get a generated one.',
      ],
    );
  });
});
