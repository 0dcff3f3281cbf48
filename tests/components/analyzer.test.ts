import { strict as assert } from "node:assert";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { Analyzer, type AnalyzeResult } from "@pulumi/pulumi/provider/experimental/analyzer";

import { checkYaml } from "../examples/yaml";

const ROOT = path.join(__dirname, "..", "..");

/** Pulumi reads the component's types with this before it can be used from another language. */
describe("Pulumi's analyzer", () => {
  let result: AnalyzeResult;

  before(function () {
    this.timeout(60_000);
    // The whole project takes several times as long to read as the part of it that the component is made of.
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), "analyzer-"));
    const config = { extends: path.join(ROOT, "tsconfig.json"), include: [], files: [path.join(ROOT, "index.ts")] };
    fs.writeFileSync(path.join(directory, "tsconfig.json"), JSON.stringify(config));
    try {
      const packageJson = { main: path.join(ROOT, "index.js") };
      const analyzer = new Analyzer(directory, "video-batch-pipeline", packageJson, new Set(["VideoBatchPipeline"]));
      result = analyzer.analyze();
    } finally {
      fs.rmSync(directory, { recursive: true });
    }
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
        "stateMachineArn",
        "stateMachineName",
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
        if (optional && key !== "seconds") assert.match(description ?? "", /Defaults to/, `${name}.${key}`);
      }
    }
  });

  it("finds these types", () => {
    assert.deepEqual(Object.keys(result.typeDefinitions).sort(), [
      ...[
        "ApprovalArgs",
        "AudioArgs",
        "ClaimMountArgs",
        "ComputeEnvironmentArgs",
        "EfsMountArgs",
        "EksArgs",
        "EncryptionArgs",
        "ExitRuleArgs",
        "FairShareArgs",
        "ImageArgs",
      ],
      ...[
        "JobArgs",
        "JobDefaultsArgs",
        "JobsArgs",
        "LogsArgs",
        "MonitoringArgs",
        "NetworkArgs",
        "NotificationsArgs",
        "PartArgs",
      ],
      ...["PodArgs", "QueueArgs", "RenditionArgs", "RolesArgs", "ScheduleArgs", "SecretMountArgs", "ShareArgs"],
      ...["StorageArgs", "SubscriptionArgs", "TriggerArgs", "UpdatePolicyArgs", "UploadsArgs", "VpcArgs"],
      ...["WorkflowArgs"],
    ]);
  });

  it("has every argument that the YAML example gives, and every output that it reads", () => checkYaml(result));
});
