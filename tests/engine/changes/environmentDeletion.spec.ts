import { strict as assert } from "node:assert";
import timers from "node:timers/promises";

import * as pulumi from "@pulumi/pulumi";

import type { VideoBatchPipelineArgs } from "../../../index";
import { assertGone, assertNothingWrong } from "../assertions";
import { useRealEngine } from "../useRealEngine";
import type { EngineStack } from "../stack";
import { OTHERS, pipeline, reasons, SMALL } from "./pipelines";

const ON_INSTANCES: VideoBatchPipelineArgs = { ...SMALL, queues: [{ name: "high", priority: 1 }] };
const ON_FARGATE: VideoBatchPipelineArgs = {
  ...ON_INSTANCES,
  computeEnvironments: [{ name: "compute", type: "FARGATE" }],
};

const ENVIRONMENT = "aws:batch/computeEnvironment:ComputeEnvironment";
const QUEUE = "aws:batch/jobQueue:JobQueue";
const REFUSAL = /^error: ClientException: Cannot delete, found existing JobQueue relationship \(videos-compute-\w+\)$/;

describe("an environment that Batch refuses to delete for a while after its queue has left it", () => {
  const engine = useRealEngine(OTHERS);
  afterEach(() => {
    engine().account.refuseEnvironmentDeletions = 0;
    engine().account.refused.length = 0;
    assertNothingWrong(engine().account);
  });

  const deployed = async (name: string, args: VideoBatchPipelineArgs): Promise<EngineStack> => {
    const stack = await engine().stack({ name, project: name, program: pipeline(args) });
    assert.equal((await stack.up()).error, undefined);
    return stack;
  };
  const environments = (): unknown[] =>
    engine()
      .account.all(ENVIRONMENT)
      .map(({ outputs }) => outputs["arn"]);
  const environmentsOfQueues = (): unknown[] =>
    engine()
      .account.all(QUEUE)
      .flatMap(({ inputs }) => inputs["computeEnvironmentOrders"] as { computeEnvironment: string }[])
      .map(({ computeEnvironment }) => computeEnvironment);

  it("is deleted by the same deployment, which waits longer each time", async () => {
    const waits: unknown[] = [];
    const stack = await deployed("patient", ON_INSTANCES);
    engine().account.refuseEnvironmentDeletions = 8;
    const restore = replaceTimers((milliseconds) => waits.push(milliseconds));
    const { error, messages } = await stack.up(pipeline(ON_FARGATE)).finally(restore);
    assert.equal(error, undefined);
    assert.deepEqual(waits, [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
    assert.equal(messages.filter((message) => message.startsWith("warning: retrying delete")).length, 8);
    assert.equal(environments().length, 1);
    assert.deepEqual(environmentsOfQueues(), environments());
    assert.deepEqual((await stack.preview()).steps, []);

    // The next replacement finds the hook in the state of the environment that it replaces.
    engine().account.refuseEnvironmentDeletions = 1;
    assert.equal((await stack.up(pipeline(ON_INSTANCES)).finally(replaceTimers(() => undefined))).error, undefined);
    // So does the deletion of one that the arguments no longer have.
    const two = { ...ON_INSTANCES, computeEnvironments: [{ name: "compute" }, { name: "more" }] };
    assert.equal((await stack.up(pipeline(two))).error, undefined);
    engine().account.refuseEnvironmentDeletions = 1;
    assert.equal((await stack.up(pipeline(ON_INSTANCES)).finally(replaceTimers(() => undefined))).error, undefined);
    assert.equal(environments().length, 1);
    assert.equal((await stack.destroy()).error, undefined);
    assertGone(engine().account, "patient");
  });

  it("is left to the next deployment after ten minutes, with the queue in the new environment", async () => {
    let seconds = 0;
    const stack = await deployed("limited", ON_INSTANCES);
    engine().account.refuseEnvironmentDeletions = 1000;
    const restore = replaceTimers((milliseconds) => (seconds += milliseconds / 1000));
    const { messages } = await stack.up(pipeline(ON_FARGATE)).finally(restore);
    assert.match(reasons(messages).join("\n"), REFUSAL);
    assert.ok(seconds > 570 && seconds <= 600, String(seconds));
    assert.equal(environments().length, 2);
    assert.equal(environmentsOfQueues().length, 1);
    assert.notDeepEqual(environmentsOfQueues(), environments().slice(0, 1));

    engine().account.refuseEnvironmentDeletions = 0;
    const { error, steps } = await stack.up();
    assert.equal(error, undefined);
    assert.equal(steps[0], "delete-replaced ComputeEnvironment videos-compute");
    // The rest of the instances' resources, which the environment used until now.
    assert.deepEqual(
      steps.slice(1).filter((step) => !step.startsWith("delete ")),
      [],
    );
    assert.deepEqual(environmentsOfQueues(), environments());
    assert.deepEqual((await stack.preview()).steps, []);
    assert.equal((await stack.destroy()).error, undefined);
    assertGone(engine().account, "limited");
  });

  it("is left to the next deployment by a version of Pulumi without such hooks", async () => {
    const register = pulumi.runtime.registerErrorHook;
    const mutable = pulumi.runtime as { registerErrorHook?: typeof register };
    delete mutable.registerErrorHook;
    try {
      const stack = await deployed("older", ON_INSTANCES);
      engine().account.refuseEnvironmentDeletions = 1;
      assert.match(reasons((await stack.up(pipeline(ON_FARGATE))).messages).join("\n"), REFUSAL);
      assert.equal((await stack.up()).error, undefined);
      assert.deepEqual(environmentsOfQueues(), environments());
      assert.deepEqual((await stack.preview()).steps, []);
      assert.equal((await stack.destroy()).error, undefined);
    } finally {
      mutable.registerErrorHook = register;
    }
    assertGone(engine().account, "older");
  });

  it("is left to the next command by destroy, which runs no program, and when the program has no pipeline any more", async () => {
    const stack = await deployed("destroyed", ON_INSTANCES);
    engine().account.refuseEnvironmentDeletions = 1;
    assert.match(reasons((await stack.up(() => ({}))).messages).join("\n"), REFUSAL);
    engine().account.refuseEnvironmentDeletions = 1;
    assert.match(reasons((await stack.destroy()).messages).join("\n"), REFUSAL);
    assert.equal((await stack.destroy()).error, undefined);
    assertGone(engine().account, "destroyed");
  });
});

/** What the pipeline waits, without waiting. */
function replaceTimers(wait: (milliseconds: number) => unknown): () => void {
  const mutable = timers as { setTimeout: unknown };
  const { setTimeout } = timers;
  mutable.setTimeout = (milliseconds: number) => Promise.resolve(wait(milliseconds));
  return () => void (mutable.setTimeout = setTimeout);
}
