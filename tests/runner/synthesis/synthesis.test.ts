import assert from "node:assert/strict";

import * as batch from "@pulumi/aws/batch";
import * as s3 from "@pulumi/aws/s3";
import * as sns from "@pulumi/aws/sns";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { synthesise } from "../../../runner/synthesis/synthesis";

describe("synthesise", () => {
  it("returns resources in order with inputs, parents, options and the stack's outputs", async () => {
    const synthesis = await synthesise(
      () => {
        const bucket = new s3.Bucket("videos", { tags: { team: "media" } }, { protect: true, ignoreChanges: ["tags"] });
        new sns.Topic("notices", { displayName: bucket.arn }, { retainOnDelete: true });
        return { bucketArn: bucket.arn };
      },
      { project: "demo", stack: "dev" },
    );
    const stackUrn = "urn:pulumi:dev::demo::pulumi:pulumi:Stack::demo-dev";
    const bucketUrn = "urn:pulumi:dev::demo::pulumi:pulumi:Stack$aws:s3/bucket:Bucket::videos";
    const unset = {
      protect: false,
      retainOnDelete: false,
      deleteBeforeReplace: false,
      ignoreChanges: [],
      provider: "",
    };
    assert.deepEqual(synthesis, {
      project: "demo",
      stack: "dev",
      resources: [
        {
          type: "aws:s3/bucket:Bucket",
          name: "videos",
          urn: bucketUrn,
          parent: stackUrn,
          inputs: { tags: { team: "media" } },
          outputs: { tags: { team: "media" }, arn: "arn:aws:s3:::videos", bucket: "videos" },
          options: { ...unset, protect: true, ignoreChanges: ["tags"], dependencies: [] },
        },
        {
          type: "aws:sns/topic:Topic",
          name: "notices",
          urn: "urn:pulumi:dev::demo::pulumi:pulumi:Stack$aws:sns/topic:Topic::notices",
          parent: stackUrn,
          inputs: { displayName: "arn:aws:s3:::videos" },
          outputs: {
            displayName: "arn:aws:s3:::videos",
            arn: "arn:aws:sns:us-east-1:123456789012:notices",
            name: "notices",
          },
          options: { ...unset, retainOnDelete: true, dependencies: [bucketUrn] },
        },
      ],
      outputs: { bucketArn: "arn:aws:s3:::videos" },
    });
  });

  it("can be repeated, each time from scratch", async () => {
    const program = (): void => void new sns.Topic("notices");
    const first = await synthesise(program);
    const second = await synthesise(program);
    assert.deepEqual(second, first);
    assert.equal(second.resources.length, 1);
  });

  it("gives job definitions a revision and uses the configured region", async () => {
    const { resources } = await synthesise(
      () => void new batch.JobDefinition("encode", { type: "container", name: "Encode" }),
      { config: { "aws:region": "eu-west-1" } },
    );
    assert.equal(resources[0]?.outputs["arn"], "arn:aws:batch:eu-west-1:123456789012:job-definition/Encode:1");
    assert.equal(resources[0]?.outputs["arnPrefix"], "arn:aws:batch:eu-west-1:123456789012:job-definition/Encode");
  });

  it("shows secrets as they will be sent", async () => {
    const { resources } = await synthesise(
      () => void new sns.Topic("notices", { displayName: pulumi.secret("hidden") }),
    );
    assert.deepEqual(resources[0]?.inputs, { displayName: "hidden" });
  });

  it("answers calls for account, partition and region", async () => {
    const { outputs } = await synthesise(async () => {
      const [identity, partition, region] = await Promise.all([
        aws.getCallerIdentity(),
        aws.getPartition(),
        aws.getRegion(),
      ]);
      return { account: identity.accountId, partition: partition.partition, region: region.region };
    });
    assert.deepEqual(outputs, { account: "123456789012", partition: "aws", region: "us-east-1" });
  });

  const failures: [string, () => unknown, string][] = [
    [
      "an exception",
      () => {
        throw new Error("renditions must not be empty");
      },
      "renditions must not be empty",
    ],
    ["a rejected promise", () => Promise.reject(new Error("no such parameter")), "no such parameter"],
    [
      "an exception inside apply",
      () =>
        new sns.Topic("notices", {
          displayName: pulumi.output("x").apply(() => {
            throw new Error("not a name");
          }),
        }),
      "not a name",
    ],
    [
      "a call that needs AWS",
      () => aws.ec2.getVpc({ default: true }),
      "The program calls aws:ec2/getVpc:getVpc, which cannot be answered without AWS. Pass the value as configuration instead.",
    ],
  ];
  for (const [what, program, message] of failures) {
    it(`throws ${what} of the program`, async () => {
      await assert.rejects(synthesise(program), (error: Error) => error.message.includes(message));
      assert.equal((await synthesise(() => void new sns.Topic("notices"))).resources.length, 1);
    });
  }
});
