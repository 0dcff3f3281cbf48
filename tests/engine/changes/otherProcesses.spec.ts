import { strict as assert } from "node:assert";
import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { createInterface } from "node:readline";

import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { VideoBatchPipelineArgs } from "../../../index";
import { assertGone } from "../assertions";
import { useRealEngine } from "../useRealEngine";
import { OTHERS, reasons, SMALL } from "./pipelines";

const ROOT = path.join(__dirname, "..", "..", "..");
const TYPESCRIPT = path.join(ROOT, "scripts", "ts-node.cjs");

const ON_INSTANCES: VideoBatchPipelineArgs = {
  ...SMALL,
  queues: [{ name: "high", priority: 1, jobQueueName: "Fixed" }],
};
const ON_FARGATE: VideoBatchPipelineArgs = {
  ...ON_INSTANCES,
  computeEnvironments: [{ name: "compute", type: "FARGATE" }],
};
const WITH_SHARES: VideoBatchPipelineArgs = {
  ...ON_INSTANCES,
  queues: [{ ...ON_INSTANCES.queues![0]!, fairShare: { defaultShare: "standard" } }],
};
const REFUSED = /\n- queues\[0\]\.jobQueueName must change together with fairShare\. Received "Fixed"\./;

class RemotePipeline extends pulumi.ComponentResource {
  constructor(name: string, args: VideoBatchPipelineArgs, opts: pulumi.ComponentResourceOptions) {
    super("video-batch-pipeline:index:VideoBatchPipeline", name, { ...args, stateMachineArn: undefined }, opts, true);
  }
}

describe("a pipeline that doesn't run in the process of the tests", () => {
  const engine = useRealEngine(OTHERS);

  it("refuses changes and repeats deletions as a component of another language's program, with a provider of its own", async () => {
    const { port, child } = await startProvider();
    try {
      const program = (args: VideoBatchPipelineArgs) => () => {
        const stockholm = new aws.Provider("stockholm", { region: "eu-north-1" });
        const one = new RemotePipeline("one", args, { providers: { aws: stockholm } });
        new RemotePipeline("two", { ...SMALL }, { dependsOn: one });
      };
      const stack = await engine().stack({ name: "remote", project: "remote", program: program(ON_INSTANCES) });
      const { workspace } = stack.stack;
      const providers = workspace.envVars["PULUMI_DEBUG_PROVIDERS"];
      workspace.envVars = { ...workspace.envVars, PULUMI_DEBUG_PROVIDERS: `${providers},video-batch-pipeline:${port}` };
      assert.equal((await stack.up()).error, undefined);
      const queues = engine()
        .account.all("aws:batch/jobQueue:JobQueue")
        .filter(({ urn }) => urn.endsWith("::one-high-queue"));
      assert.deepEqual(
        queues.map(({ region }) => region),
        ["eu-north-1"],
      );
      assert.match(reasons((await stack.preview(program(WITH_SHARES))).messages).join("\n"), REFUSED);
      engine().account.refuseEnvironmentDeletions = 2;
      const { error, messages } = await stack.up(program(ON_FARGATE));
      assert.equal(error, undefined);
      assert.equal(messages.filter((message) => message.includes("retrying delete")).length, 2);
      assert.deepEqual((await stack.preview()).steps, []);
      assert.equal((await stack.destroy()).error, undefined);
      assertGone(engine().account, "remote");
    } finally {
      child.kill();
    }
  });

  it("does the same in a program of its own, which waits for the end of the deployment", async () => {
    const directory = path.join(engine().directory, "program");
    mkdirSync(directory);
    symlinkSync(path.join(ROOT, "node_modules"), path.join(directory, "node_modules"));
    const write = (args: VideoBatchPipelineArgs): void =>
      writeFileSync(
        path.join(directory, "index.js"),
        `require(${JSON.stringify(TYPESCRIPT)});
        const { VideoBatchPipeline } = require(${JSON.stringify(path.join(ROOT, "index.ts"))});
        new VideoBatchPipeline("videos", ${JSON.stringify(args)});`,
      );
    writeFileSync(
      path.join(directory, "Pulumi.yaml"),
      "name: program\nruntime:\n  name: nodejs\n  options: {typescript: false}\n",
    );
    writeFileSync(path.join(directory, "Pulumi.dev.yaml"), "config: {aws:region: us-east-1}\n");
    write(ON_INSTANCES);
    const stack = await engine().stackIn({ name: "dev", directory });
    assert.equal((await stack.up()).error, undefined);
    write(WITH_SHARES);
    assert.match(reasons((await stack.preview()).messages).join("\n"), REFUSED);
    write(ON_FARGATE);
    engine().account.refuseEnvironmentDeletions = 2;
    const { error, messages } = await stack.up();
    assert.equal(error, undefined);
    assert.equal(messages.filter((message) => message.includes("retrying delete")).length, 2);
    assert.deepEqual((await stack.preview()).steps, []);
    assert.equal((await stack.destroy()).error, undefined);
    assertGone(engine().account, "program");
  });
});

async function startProvider(): Promise<{ port: number; child: ChildProcess }> {
  const file = path.join(__dirname, "pipelineProvider.ts");
  const child = spawn(process.execPath, ["-r", TYPESCRIPT, file], { cwd: ROOT, stdio: ["ignore", "pipe", "inherit"] });
  process.once("exit", () => child.kill());
  const port = await new Promise<number>((resolve, reject) => {
    createInterface(child.stdout).once("line", (line) => resolve(Number(line)));
    child.once("exit", (code) => reject(new Error(`The pipeline's provider ended with exit code ${code}.`)));
  });
  return { port, child };
}
