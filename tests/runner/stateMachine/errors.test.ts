import assert from "node:assert/strict";

import { covers } from "../../../runner/stateMachine/errors";
import { observe, single } from "./support";

const fail = (times: number, error = "Custom"): object => ({
  Type: "Task",
  Resource: "test:fail",
  Arguments: { times, error },
});

describe("which rules cover which errors", () => {
  const TABLE: [string[], string | undefined, boolean][] = [
    [["Custom"], "Custom", true],
    [["Custom"], "custom", false],
    [["States.ALL"], "Custom", true],
    [["States.ALL"], undefined, true],
    [["States.ALL"], "States.Timeout", true],
    [["States.ALL"], "States.QueryEvaluationError", true],
    [["States.ALL"], "States.DataLimitExceeded", false],
    [["States.DataLimitExceeded"], "States.DataLimitExceeded", true],
    [["States.ALL"], "States.Runtime", false],
    [["States.Runtime"], "States.Runtime", false],
    [["States.TaskFailed"], "Custom", true],
    [["States.TaskFailed"], "States.TaskFailed", true],
    [["States.TaskFailed"], "States.Timeout", false],
    [["States.TaskFailed"], "States.DataLimitExceeded", false],
    [["States.TaskFailed", "States.Timeout"], "States.Timeout", true],
  ];
  for (const [names, error, expected] of TABLE) {
    it(`${names.join(", ")} ${expected ? "covers" : "does not cover"} ${error ?? "an error without a name"}`, () => {
      assert.equal(covers(names, error), expected);
    });
  }
});

describe("Retry", () => {
  it("backs off from 1 s by 2 for 3 attempts when nothing else is said", async () => {
    const { output, log } = await observe(single({ ...fail(3), Retry: [{ ErrorEquals: ["States.ALL"] }], End: true }));
    assert.deepEqual(log, ["0s S", "1s S", "3s S", "7s S"]);
    assert.equal(output, "done");
  });

  it("holds to MaxDelaySeconds and gives up after MaxAttempts with the last error", async () => {
    const Retry = [
      { ErrorEquals: ["Custom"], IntervalSeconds: 2, BackoffRate: 10, MaxAttempts: 4, MaxDelaySeconds: 30 },
    ];
    const { status, error, cause, log } = await observe(single({ ...fail(9), Retry, End: true }));
    assert.deepEqual(log, ["0s S", "2s S", "22s S", "52s S", "82s S"]);
    assert.deepEqual({ status, error, cause }, { status: "FAILED", error: "Custom", cause: "failure 5" });
  });

  it("draws the delay between nothing and the whole with full jitter", async () => {
    const Retry = [{ ErrorEquals: ["Custom"], IntervalSeconds: 8, JitterStrategy: "FULL" }];
    const { log } = await observe(single({ ...fail(2), Retry, End: true }), {}, { random: () => 0.5 });
    assert.deepEqual(log, ["0s S", "4s S", "12s S"]);
  });

  it("does not retry with MaxAttempts 0, nor what no rule covers", async () => {
    const none = await observe(single({ ...fail(1), Retry: [{ ErrorEquals: ["Custom"], MaxAttempts: 0 }], End: true }));
    assert.deepEqual([none.status, none.log], ["FAILED", ["0s S"]]);
    const other = await observe(single({ ...fail(1), Retry: [{ ErrorEquals: ["Other"] }], End: true }));
    assert.deepEqual([other.status, other.log], ["FAILED", ["0s S"]]);
  });

  it("counts the attempts of each rule by itself, and shows the sum in the context", async () => {
    const machine = single({
      Type: "Parallel",
      Branches: [
        {
          StartAt: "F",
          States: { F: { Type: "Fail", Error: "{% 'E' & $string($states.input.n % 2) %}" } },
        },
      ],
      Arguments: { n: "{% $states.context.State.RetryCount %}" },
      Retry: [
        { ErrorEquals: ["E0"], MaxAttempts: 2, IntervalSeconds: 1, BackoffRate: 1 },
        { ErrorEquals: ["E1"], MaxAttempts: 1, IntervalSeconds: 10, BackoffRate: 1 },
      ],
      End: true,
    });
    const { events, error, elapsed } = await observe(machine);
    const delays = events.flatMap((event) =>
      event.type === "stateRetried" ? [[event.error, event.delaySeconds]] : [],
    );
    assert.deepEqual(delays, [
      ["E0", 1],
      ["E1", 10],
      ["E0", 1],
    ]);
    assert.deepEqual([error, elapsed], ["E1", 12_000]);
  });

  it("runs a Parallel again as a whole, with new variables", async () => {
    const { output, log } = await observe(
      single({
        Type: "Parallel",
        Branches: [
          { StartAt: "A", States: { A: { Type: "Pass", Assign: { x: 1 }, Next: "B" }, B: { ...fail(1), End: true } } },
          { StartAt: "C", States: { C: { ...fail(0), End: true } } },
        ],
        Retry: [{ ErrorEquals: ["Custom"] }],
        End: true,
      }),
    );
    assert.deepEqual(output, ["done", "done"]);
    assert.deepEqual(log.filter((line) => line.startsWith("1s")).sort(), ["1s B", "1s C"]);
  });
});

describe("Catch", () => {
  it("takes the first catcher that covers the error, with the error as output", async () => {
    const { output, events } = await observe({
      StartAt: "S",
      States: {
        S: {
          ...fail(9),
          Catch: [
            { ErrorEquals: ["Other"], Next: "Wrong" },
            { ErrorEquals: ["States.ALL"], Next: "Right" },
          ],
          Next: "Wrong",
        },
        Wrong: { Type: "Fail" },
        Right: { Type: "Succeed" },
      },
    });
    assert.deepEqual(output, { Error: "Custom", Cause: "failure 1" });
    const exit = events.find((event) => event.type === "stateExited");
    assert.deepEqual(exit && { ...exit, visit: undefined, time: undefined }, {
      type: "stateExited",
      visit: undefined,
      time: undefined,
      outcome: "caught",
      output: { Error: "Custom", Cause: "failure 1" },
      next: "Right",
      error: "Custom",
      cause: "failure 1",
    });
  });

  it("assigns variables and makes an output from the error and the input", async () => {
    const { output } = await observe(
      {
        StartAt: "S",
        States: {
          S: {
            ...fail(9),
            Catch: [
              {
                ErrorEquals: ["States.TaskFailed"],
                Next: "Z",
                Assign: { step: "{% $states.context.State.Name %}", cause: "{% $states.errorOutput.Cause %}" },
                Output: "{% $states.input.a %}",
              },
            ],
            End: true,
          },
          Z: { Type: "Succeed", Output: "{% [$step, $cause, $states.input] %}" },
        },
      },
      { a: 7 },
    );
    assert.deepEqual(output, ["S", "failure 1", 7]);
  });

  it("covers an expression of its own state that fails, in Arguments and in Output", async () => {
    for (const field of [{ Arguments: { value: "{% $missing %}" } }, { Output: "{% $missing %}" }]) {
      const { output } = await observe({
        StartAt: "S",
        States: {
          S: {
            Type: "Task",
            Resource: "test:echo",
            ...field,
            Catch: [{ ErrorEquals: ["States.QueryEvaluationError"], Next: "Z", Output: "caught" }],
            End: true,
          },
          Z: { Type: "Succeed" },
        },
      });
      assert.equal(output, "caught");
    }
  });

  it("does not cover an expression of its own that fails", async () => {
    const { error, cause } = await observe({
      StartAt: "S",
      States: {
        S: { ...fail(9), Catch: [{ ErrorEquals: ["States.ALL"], Next: "Z", Output: "{% $missing %}" }], End: true },
        Z: { Type: "Succeed" },
      },
    });
    assert.equal(error, "States.QueryEvaluationError");
    assert.equal(
      cause,
      "An error occurred while executing the state 'S'. The JSONata expression '$missing' specified for the field 'Catch[0]/Output' returned nothing (undefined).",
    );
  });

  it("gets the error of a state inside a branch under its own name", async () => {
    const { output } = await observe({
      StartAt: "P",
      States: {
        P: {
          Type: "Parallel",
          Branches: [{ StartAt: "F", States: { F: { Type: "Fail", Error: "Inner", Cause: "why" } } }],
          Catch: [{ ErrorEquals: ["Inner"], Next: "Z" }],
          End: true,
        },
        Z: { Type: "Succeed" },
      },
    });
    assert.deepEqual(output, { Error: "Inner", Cause: "why" });
  });

  it("comes after the retries", async () => {
    const { output, log } = await observe({
      StartAt: "S",
      States: {
        S: {
          ...fail(9),
          Retry: [{ ErrorEquals: ["Custom"], MaxAttempts: 1 }],
          Catch: [{ ErrorEquals: ["Custom"], Next: "Z" }],
          End: true,
        },
        Z: { Type: "Succeed" },
      },
    });
    assert.deepEqual(output, { Error: "Custom", Cause: "failure 2" });
    assert.deepEqual(log, ["0s S", "1s S"]);
  });
});
