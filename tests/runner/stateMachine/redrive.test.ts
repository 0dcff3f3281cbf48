import assert from "node:assert/strict";

import type { Json } from "../../../contract/asl";
import type { Checkpoint } from "../../../runner/stateMachine/cursor";
import { observe, START, type Observed } from "./support";

const sleep = (name: string, more: object = {}): object => ({
  Type: "Task",
  Resource: "test:sleep",
  Arguments: { seconds: 1, name, value: name, ...more },
  End: true,
});

/** Fails before a redrive, and not after it. */
const once = "{% $states.context.Execution.RedriveCount = 0 ? 'Broken' : null %}";

async function redriven(machine: object, first: Observed, input: Json = {}): Promise<Observed> {
  const checkpoint = JSON.parse(JSON.stringify(first.checkpoint)) as Checkpoint;
  return observe(machine, input, { redrive: { checkpoint, count: 1, startTime: START - 60_000 } });
}

const started = ({ log }: Observed): string[] =>
  log.flatMap((line) => (line.endsWith("started") ? line.split(" ")[1]! : []));

// https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html#redrive-behavior-states
describe("a redrive", () => {
  it("goes on with the task that failed, with its input, the variables and the time of before", async () => {
    const machine = {
      StartAt: "A",
      States: {
        A: {
          ...sleep("a"),
          End: undefined,
          Assign: { kept: "{% $states.result %}" },
          Output: { from: "A" },
          Next: "B",
        },
        B: {
          ...sleep("b", { error: once }),
          Output: ["{% $states.input %}", "{% $kept %}", "{% $states.context.Execution %}"],
        },
      },
    };
    const first = await observe(machine, { x: 1 });
    assert.deepEqual([first.status, first.error, started(first)], ["FAILED", "Broken", ["a", "b"]]);
    const second = await redriven(machine, first, { x: 1 });
    assert.deepEqual([second.status, started(second), second.checkpoint], ["SUCCEEDED", ["b"], undefined]);
    const [input, kept, execution] = second.output as [Json, Json, Record<string, Json>];
    assert.deepEqual([input, kept], [{ from: "A" }, "a"]);
    const { StartTime, RedriveTime, RedriveCount, Input } = execution;
    assert.deepEqual(
      { StartTime, RedriveTime, RedriveCount, Input },
      {
        StartTime: "2025-12-31T23:59:00.000Z",
        RedriveTime: "2026-01-01T00:00:00.000Z",
        RedriveCount: 1,
        Input: { x: 1 },
      },
    );
  });

  const branch = (name: string, more: object = {}): object => ({
    StartAt: name,
    States: { [name]: sleep(name, more) },
  });
  const parallel = (branches: object[], more: object = {}): object => ({
    StartAt: "P",
    States: { P: { Type: "Parallel", Branches: branches, End: true, ...more } },
  });

  it("keeps what succeeded in a Parallel, and runs what failed or was stopped", async () => {
    const machine = parallel([
      branch("done"),
      {
        StartAt: "first",
        States: {
          first: { ...sleep("first"), End: undefined, Assign: { own: 7 }, Next: "second" },
          second: { ...sleep("second", { seconds: 100 }), Output: "{% $own %}" },
        },
      },
      branch("fails", { seconds: 5, error: once }),
    ]);
    const first = await observe(machine);
    assert.deepEqual(started(first), ["done", "first", "fails", "second"]);
    const second = await redriven(machine, first);
    assert.deepEqual(
      [second.status, second.output, started(second)],
      ["SUCCEEDED", ["done", 7, "fails"], ["second", "fails"]],
    );
  });

  it("keeps what succeeded in a Map", async () => {
    const machine = {
      StartAt: "M",
      States: {
        M: {
          Type: "Map",
          Items: ["a", "b", "c"],
          MaxConcurrency: 1,
          ItemProcessor: {
            StartAt: "I",
            States: {
              I: {
                ...sleep("{% $states.input %}"),
                Arguments: {
                  seconds: 1,
                  name: "{% $states.input %}",
                  value: "{% $states.input %}",
                  error: "{% $states.input = 'b' and $states.context.Execution.RedriveCount = 0 ? 'Broken' : null %}",
                },
              },
            },
          },
          End: true,
        },
      },
    };
    const first = await observe(machine);
    assert.deepEqual(started(first), ["a", "b"]);
    const second = await redriven(machine, first);
    assert.deepEqual(
      [second.output, started(second)],
      [
        ["a", "b", "c"],
        ["b", "c"],
      ],
    );
  });

  it("enters a Fail state again, which fails again", async () => {
    const machine = {
      StartAt: "A",
      States: {
        A: { ...sleep("a", { error: once }), Catch: [{ ErrorEquals: ["States.ALL"], Next: "F" }] },
        F: { Type: "Fail", Error: "{% 'After' & $string($states.context.Execution.RedriveCount) %}" },
      },
    };
    const first = await observe(machine);
    const second = await redriven(machine, first);
    assert.deepEqual([first.error, second.error, started(second)], ["After0", "After1", []]);
  });

  it("goes on with an execution that was stopped, or whose time was up", async () => {
    const machine = {
      TimeoutSeconds: 2,
      ...parallel([branch("short"), branch("long", { seconds: 1.5 }), branch("longer", { seconds: 1.9 })]),
    };
    const stopped = await observe(machine, {}, { abortAfter: 1.2 });
    const second = await redriven(machine, stopped);
    assert.deepEqual([stopped.status, second.status, started(second)], ["ABORTED", "SUCCEEDED", ["long", "longer"]]);
    const slow = {
      ...machine,
      ...parallel([
        branch("short"),
        branch("slow", { seconds: "{% $states.context.Execution.RedriveCount = 0 ? 9 : 1 %}" }),
      ]),
    };
    const late = await observe(slow);
    const again = await redriven(slow, late);
    assert.deepEqual([late.status, again.status, started(again)], ["TIMED_OUT", "SUCCEEDED", ["slow"]]);
  });

  it("counts retries anew, each of which runs all branches", async () => {
    const retried = parallel([branch("one"), branch("two", { seconds: 2, error: once })], {
      Retry: [{ ErrorEquals: ["States.ALL"], IntervalSeconds: 1, MaxAttempts: 1, BackoffRate: 1 }],
    });
    const first = await observe(retried);
    assert.deepEqual(started(first), ["one", "two", "one", "two"]);
    const second = await redriven(retried, first);
    assert.deepEqual([second.status, started(second)], ["SUCCEEDED", ["two"]]);
  });

  it("runs all branches again whose results were too large together", async () => {
    const large = "x".repeat(150_000);
    const output = "{% $states.context.Execution.RedriveCount = 0 ? $states.result : [] %}";
    const machine = parallel([branch("one", { value: large }), branch("two", { value: large })], { Output: output });
    const first = await observe(machine);
    assert.equal(first.error, "States.DataLimitExceeded");
    assert.deepEqual(started(await redriven(machine, first)), ["one", "two"]);
  });
});
