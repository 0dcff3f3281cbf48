import { strict as assert } from "node:assert";
import * as fs from "node:fs";
import * as path from "node:path";

import type { AnalyzeResult } from "@pulumi/pulumi/provider/experimental/analyzer";

import * as exported from "../../index";
import { checkYaml } from "../examples/yaml";

const ROOT = path.join(__dirname, "..", "..");

interface SchemaScript {
  analyse: () => AnalyzeResult;
  schema: (result: AnalyzeResult) => Promise<string>;
}

/** Pulumi reads the component's types with this before it can be used from another language. */
describe("Pulumi's analyzer", () => {
  let result: AnalyzeResult;

  let script: SchemaScript;

  before(async function () {
    this.timeout(300_000);
    script = (await import(path.join(ROOT, "scripts", "schema.mjs"))) as SchemaScript;
    result = script.analyse();
  });

  it("accepts the component, with exactly these arguments and outputs", () => {
    const component = result.components["VideoBatchPipeline"];
    assert.deepEqual(Object.keys(component?.inputs ?? {}), [
      ...[
        "renditions",
        "preset",
        "queues",
        "parts",
        "computeEnvironments",
        "network",
        "jobs",
        "jobDefaults",
        "image",
        "storage",
        "trigger",
        "notifications",
        "events",
        "monitoring",
        "encryption",
        "workflow",
        "approval",
      ],
      ...[
        "logs",
        "audio",
        "chunkSeconds",
        "segmentSeconds",
        "gopSeconds",
        "maxDurationSeconds",
        "maxDamagedShare",
        "enableDash",
        "enableSharedDecoding",
        "roles",
        "tags",
      ],
    ]);
    assert.deepEqual(Object.keys(component?.outputs ?? {}), [
      ...["computeEnvironmentArns", "computeEnvironmentNames", "jobQueueArns", "jobQueueNames", "jobDefinitionArns"],
      ...["jobDefinitionNames", "imageUris", "bucketName", "bucketArn", "whatDestroyDoes", "topicArn"],
      ...[
        "topicPolicy",
        "eventBusArn",
        "eventBusPolicy",
        "stateMachineArn",
        "stateMachineName",
        "uploadExecutionName",
        "deadLetterQueueUrl",
        "definition",
        "stateMachineRoleArn",
        "jobRoleArn",
        "executionRoleArn",
      ],
      ...["instanceRoleArn", "jobLogGroupName", "stateMachineLogGroupName"],
    ]);
    assert.ok(Object.values(component?.inputs ?? {}).every(({ optional }) => optional));
    assert.deepEqual(result.dependencies, []);
  });

  it("finds a description of everything, in prose that survived", () => {
    const component = result.components["VideoBatchPipeline"];
    const descriptions = [
      ["VideoBatchPipeline", component?.description],
      ...Object.entries({ ...component?.inputs, ...component?.outputs }).map(([name, { description }]) => [
        name,
        description,
      ]),
      ...Object.values(result.typeDefinitions).flatMap(({ name, description, properties = {} }) => [
        [name, description],
        ...Object.entries(properties).map(([key, property]) => [`${name}.${key}`, property.description]),
      ]),
    ];
    assert.ok(descriptions.length > 70);
    for (const [name, description] of descriptions) {
      assert.ok(description && description.length > 15, `${name} has no description`);
      assert.ok(!description.includes("[object Object]"), `${name} has lost a link`);
    }
  });

  it("finds the default of every optional setting in words", () => {
    for (const { name, properties = {} } of Object.values(result.typeDefinitions)) {
      for (const [key, { optional, description }] of Object.entries(properties)) {
        if (optional && key !== "seconds")
          assert.match(description ?? "", /Defaults\s+to|By default/, `${name}.${key}`);
      }
    }
  });

  it("finds every choice with its values and a description", () => {
    // A quoted name would be lost without a word.
    const choices = Object.entries(result.typeDefinitions).flatMap(([name, { enum: members }]) =>
      members ? [[name, members.map(({ value }) => value)]] : [],
    );
    const constants = Object.entries(exported).filter(([, value]) => typeof value === "object");
    assert.deepEqual(
      Object.fromEntries(choices),
      Object.fromEntries(constants.map(([name, values]) => [name, Object.values(values)])),
    );
    assert.equal(choices.length, 13);
  });

  it("finds these types", () => {
    const types = Object.values(result.typeDefinitions).filter(({ enum: members }) => !members);
    assert.deepEqual(types.map(({ name }) => name).sort(), [
      ...[
        "Approval",
        "Audio",
        "ClaimMount",
        "ComputeEnvironment",
        "EfsMount",
        "Eks",
        "Encryption",
        "EventTrigger",
        "Events",
        "ExitRule",
        "FairShare",
        "Image",
      ],
      ...["Job", "JobDefaults", "Jobs", "Logs", "Monitoring", "Network", "Notifications", "Part"],
      ...["Pod", "Queue", "Rendition", "Roles", "Schedule", "SecretMount", "Share"],
      ...["Storage", "Subscription", "Trigger", "UpdatePolicy", "Uploads", "Vpc"],
      ...["Workflow"],
    ]);
  });

  it("finds what components/schema.json says", async () => {
    const text = fs.readFileSync(path.join(ROOT, "components", "schema.json"), "utf8");
    assert.ok((await script.schema(result)) === text, "The schema is stale. Write it anew with: npm run reference");
  });

  it("has every argument that the YAML example gives, and every output that it reads", () => checkYaml(result));
});
