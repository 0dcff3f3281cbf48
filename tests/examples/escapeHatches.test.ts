import { strict as assert } from "node:assert";
import * as path from "node:path";

import { Provider } from "@pulumi/aws/provider";
import * as pulumi from "@pulumi/pulumi";

import { VideoBatchPipeline } from "../../index";
import {
  definitionOf,
  resourceNamed,
  resourcesOfType,
  stateNamed,
  synthesise,
  synthesiseFolder,
  type Synthesis,
} from "../../testing";
import { bundleWorker } from "../support/pipeline";

const example = (name: string): Promise<Synthesis> =>
  synthesiseFolder(path.join(__dirname, "..", "..", "examples", name));

describe("examples/changed-from-outside", () => {
  let synthesis: Synthesis;
  before(async () => {
    bundleWorker();
    synthesis = await example("changed-from-outside");
  });
  const namesWith = (holds: (resource: Synthesis["resources"][number]) => boolean): string[] =>
    synthesis.resources.filter(holds).map(({ name }) => name);

  it("protects the queues, and nothing else", () => {
    assert.deepEqual(
      namesWith(({ options }) => options.protect),
      ["videos-high-queue", "videos-low-queue"],
    );
  });

  it("keeps the logs of the jobs for a year, and those of the state machine as they were", () => {
    assert.equal(resourceNamed(synthesis, "videos-job-logs").inputs["retentionInDays"], 365);
    assert.equal(resourceNamed(synthesis, "videos-state-machine-logs").inputs["retentionInDays"], 30);
  });

  it("makes no bucket, topic or job role where there are some", () => {
    assert.deepEqual(
      namesWith(
        ({ type, name }) => /^aws:(s3|sns)/.test(type) || name.includes("job-role") || name === "videos-job-policy",
      ),
      [],
    );
    const { containerProperties } = resourceNamed(synthesis, "videos-TranscodeVideo").inputs;
    assert.match(containerProperties as string, /"jobRoleArn":"arn:aws:iam::123456789012:role\/our-jobs"/);
  });

  it("bounds every role that is made", () => {
    const roles = resourcesOfType(synthesis, "aws:iam/role:Role");
    assert.equal(roles.length, 3);
    for (const { inputs } of roles) {
      assert.equal(inputs["permissionsBoundary"], "arn:aws:iam::123456789012:policy/boundary");
      assert.deepEqual(inputs["tags"], { costCentre: "4711" });
    }
  });

  it("makes every child in the provider's region", () => {
    const own = synthesis.resources.filter(({ type }) => type.startsWith("aws:"));
    assert.ok(own.length > 15);
    for (const { name, options } of own) assert.match(options.provider, /::stockholm::/, name);
  });
});

describe("options of the component", () => {
  it("reach the engine with the provider of awsx components and of calls, and with aliases", async () => {
    const calls: [string, string][] = [];
    let registered: { providers: [string, string][]; aliases: string[] } | undefined;
    bundleWorker();
    await synthesise(() => {
      const monitor = pulumi.runtime.getMonitor() as unknown as Monitor;
      const [register, invoke] = [monitor.registerResource.bind(monitor), monitor.invoke.bind(monitor)];
      monitor.registerResource = (request, callback) => {
        if (request.getName() === "videos") {
          const { providersMap, aliasesList } = request.toObject();
          registered = { providers: providersMap, aliases: aliasesList.map(({ spec }) => spec.name) };
        }
        return register(request, callback);
      };
      monitor.invoke = (request, callback) => {
        calls.push([request.getTok(), request.getProvider()]);
        return invoke(request, callback);
      };
      const providers = [new Provider("elsewhere", { region: "eu-west-1" })];
      new VideoBatchPipeline("videos", {}, { providers, aliases: [{ name: "encoder" }] });
    });
    const elsewhere = "urn:pulumi:stack::project::pulumi:pulumi:Stack$pulumi:providers:aws::elsewhere::elsewhere-id";
    // Remote components below it, those of awsx, get the engine's merge of these: https://github.com/pulumi/pulumi/pull/24125
    assert.deepEqual(registered, { providers: [["aws", elsewhere]], aliases: ["encoder"] });
    assert.ok(calls.length > 0);
    for (const [token, provider] of calls) assert.equal(provider, elsewhere, token);
  });
});

interface Monitor {
  registerResource(request: RegistrationRequest, callback: unknown): Promise<void>;
  invoke(request: { getTok(): string; getProvider(): string }, callback: unknown): Promise<void>;
}

interface RegistrationRequest {
  getName(): string;
  toObject(): { providersMap: [string, string][]; aliasesList: { spec: { name: string } }[] };
}

describe("examples/around-the-pipeline", () => {
  let synthesis: Synthesis;
  before(async () => {
    bundleWorker();
    synthesis = await example("around-the-pipeline");
  });

  it("starts the pipeline and waits for it", () => {
    const definition = definitionOf(synthesis, "publisher");
    const { arn } = resourceNamed(synthesis, "videos-state-machine").outputs;
    const transcode = stateNamed(definition, "Transcode") as unknown as Record<string, Record<string, unknown>>;
    assert.equal(transcode["Resource"], "arn:aws:states:::states:startExecution.sync:2");
    assert.equal(transcode["Arguments"]?.["StateMachineArn"], arn);
  });

  it("may start, watch and stop executions of that state machine, and of no other", () => {
    const { policy } = resourceNamed(synthesis, "publisher-policy").inputs as { policy: string };
    const { Statement } = (typeof policy === "string" ? JSON.parse(policy) : policy) as {
      Statement: { Action: string[]; Resource: string[] }[];
    };
    const states = "arn:aws:states:us-east-1:123456789012";
    assert.deepEqual(
      Statement.slice(0, 3).map(({ Action, Resource }) => [Action, Resource]),
      [
        [["states:StartExecution"], [`${states}:stateMachine:videos-state-machine`]],
        [["states:DescribeExecution", "states:StopExecution"], [`${states}:execution:videos-state-machine:*`]],
        [
          ["events:PutTargets", "events:PutRule", "events:DescribeRule"],
          ["arn:aws:events:us-east-1:123456789012:rule/StepFunctionsGetEventsForStepFunctionsExecutionRule"],
        ],
      ],
    );
  });

  it("gives the jobs a statement of its own", () => {
    assert.equal(resourceNamed(synthesis, "videos-reads-catalogue").inputs["role"], "videos-job-role");
  });
});
