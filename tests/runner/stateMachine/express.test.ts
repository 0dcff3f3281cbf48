import assert from "node:assert/strict";

import type { SubMachine } from "../../../contract/asl";
import { UnsupportedDefinition } from "../../../runner/stateMachine/check";
import { expressProblems } from "../../../runner/stateMachine/express";
import { observe, single, STATE_MACHINE } from "./support";

const EXPRESS = { stateMachine: { ...STATE_MACHINE, type: "EXPRESS" as const } };
const task = (Resource: string): object => ({ Type: "Task", Resource, End: true });
const distributed = { ProcessorConfig: { Mode: "DISTRIBUTED" }, StartAt: "T", States: { T: { Type: "Succeed" } } };
const ANOTHER_TYPE = "or make the state machine STANDARD.";

const REFUSED: [what: string, state: object, problem: string][] = [
  [
    "the end of a job",
    task("arn:aws:states:::batch:submitJob.sync"),
    `State 'S': an Express state machine can't wait for the end of what it starts. Received Resource "arn:aws:states:::batch:submitJob.sync". Call batch:submitJob, ${ANOTHER_TYPE}`,
  ],
  [
    "the end of an execution, in the second version",
    task("arn:aws-cn:states:::states:startExecution.sync:2"),
    `State 'S': an Express state machine can't wait for the end of what it starts. Received Resource "arn:aws-cn:states:::states:startExecution.sync:2". Call states:startExecution, ${ANOTHER_TYPE}`,
  ],
  [
    "a task token",
    task("arn:aws:states:::sns:publish.waitForTaskToken"),
    `State 'S': an Express state machine can't wait for an answer. Received Resource "arn:aws:states:::sns:publish.waitForTaskToken". Call sns:publish, ${ANOTHER_TYPE}`,
  ],
  [
    "an activity",
    task("arn:aws:states:us-east-1:123456789012:activity:watch"),
    `State 'S': an Express state machine can't use activities. Received Resource "arn:aws:states:us-east-1:123456789012:activity:watch". Call a service, ${ANOTHER_TYPE}`,
  ],
  [
    "a distributed Map",
    { Type: "Map", ItemProcessor: distributed, End: true },
    `State 'S': an Express state machine can't distribute a Map. Received Mode "DISTRIBUTED". Use "INLINE", ${ANOTHER_TYPE}`,
  ],
];

describe("an Express state machine", () => {
  for (const [what, state, problem] of REFUSED) {
    it(`refuses ${what} before anything runs`, async () => {
      const machine = single(state);
      await assert.rejects(
        observe(machine, {}, EXPRESS),
        (error) => error instanceof UnsupportedDefinition && error.problems.join() === problem,
      );
      assert.deepEqual(expressProblems(machine as SubMachine), [problem]);
      const branch = { Type: "Parallel", Branches: [machine], End: true };
      assert.deepEqual(expressProblems({ StartAt: "P", States: { P: branch } } as unknown as SubMachine), [problem]);
    });
  }

  it("takes requests and responses, inline Maps, waits and what a Standard one takes besides", async () => {
    const states = {
      A: { Type: "Task", Resource: "test:echo", Arguments: { value: [1, 2] }, Next: "B" },
      B: {
        Type: "Map",
        Items: "{% $states.input.value %}",
        ItemProcessor: {
          ProcessorConfig: { Mode: "INLINE" },
          StartAt: "I",
          States: { I: { Type: "Wait", Seconds: 5, End: true } },
        },
        Next: "C",
      },
      C: { Type: "Succeed", Output: "{% $sum($states.input) %}" },
    };
    assert.deepEqual(expressProblems({ StartAt: "A", States: states } as unknown as SubMachine), []);
    const { status, output, elapsed } = await observe({ StartAt: "A", States: states }, {}, EXPRESS);
    assert.deepEqual({ status, output, elapsed }, { status: "SUCCEEDED", output: 3, elapsed: 5000 });
  });

  const wait = (Seconds: number): object => single({ Type: "Wait", Seconds, End: true });
  const timeouts: [what: string, machine: object, seconds: number, cause: string][] = [
    ["five minutes", wait(301), 300, "an Express execution's limit, 300."],
    [
      "five minutes where more is declared",
      { ...wait(3600), TimeoutSeconds: 600 },
      300,
      "an Express execution's limit, 300.",
    ],
    ["less where less is declared", { ...wait(60), TimeoutSeconds: 30 }, 30, "the state machine's TimeoutSeconds, 30."],
  ];
  for (const [what, machine, seconds, limit] of timeouts) {
    it(`ends after ${what}`, async () => {
      const { status, error, cause, elapsed, checkpoint } = await observe(machine, {}, EXPRESS);
      assert.deepEqual(
        { status, error, cause, elapsed, checkpoint },
        {
          ...{ status: "TIMED_OUT", error: "States.Timeout", checkpoint: undefined },
          ...{ cause: `The execution took longer than ${limit}`, elapsed: seconds * 1000 },
        },
      );
    });
  }

  it("takes all of its five minutes", async () => {
    assert.equal((await observe(wait(299), {}, EXPRESS)).status, "SUCCEEDED");
    assert.equal((await observe(wait(301))).status, "SUCCEEDED");
  });

  it("tells executions of the same name apart, and has none to redrive", async () => {
    const { events } = await observe(wait(1), {}, EXPRESS);
    const [started] = events;
    assert.ok(started?.type === "executionStarted");
    assert.match(started.id, /^arn:aws:states:us-east-1:123456789012:express:pipeline:run:[0-9a-f-]{36}$/);
    const redrive = { checkpoint: { state: "S", input: {}, variables: {} }, count: 1, startTime: 0 };
    await assert.rejects(observe(wait(1), {}, { ...EXPRESS, redrive }), {
      name: "UsageError",
      message:
        "The execution of pipeline can't be redriven, because its state machine is Express. Start a new execution.",
    });
  });
});
