import assert from "node:assert/strict";

import { observe, single } from "./support";

const sleep = (name: string, seconds: number, more: object = {}, state: object = {}): object => ({
  StartAt: name,
  States: {
    [name]: { Type: "Task", Resource: "test:sleep", Arguments: { name, seconds, ...more }, End: true, ...state },
  },
});

describe("cancellation", () => {
  it("stops the siblings of a failed branch, and waits for them before the catcher runs", async () => {
    const { output, log, elapsed } = await observe({
      StartAt: "P",
      States: {
        P: {
          Type: "Parallel",
          Branches: [
            sleep("a", 5, { error: "Custom" }),
            sleep("b", 100, { stopSeconds: 7 }),
            sleep("c", 3),
            {
              StartAt: "Q",
              States: {
                Q: {
                  Type: "Parallel",
                  Branches: [sleep("d", 50), { StartAt: "W", States: { W: { Type: "Wait", Seconds: 60, End: true } } }],
                  End: true,
                },
              },
            },
          ],
          Catch: [{ ErrorEquals: ["Custom"], Next: "After" }],
          End: true,
        },
        After: {
          Type: "Task",
          Resource: "test:sleep",
          Arguments: { name: "after", seconds: 0, value: "{% $states.input.Cause %}" },
          End: true,
        },
      },
    });
    // In which order branches start their first tasks within a moment is not defined.
    assert.deepEqual(log.slice(0, 4).sort(), ["0s a started", "0s b started", "0s c started", "0s d started"]);
    assert.deepEqual(log.slice(4), [
      "3s c ended",
      "5s a ended",
      "5s d stopped",
      "12s b stopped",
      "12s after started",
      "12s after ended",
    ]);
    assert.deepEqual([output, elapsed], ["a failed", 12_000]);
  });

  it("starts no further item of a Map after a failure", async () => {
    const { log, error } = await observe(
      single({
        Type: "Map",
        Items: ["a", "b", "c"],
        MaxConcurrency: 1,
        ItemProcessor: {
          StartAt: "T",
          States: {
            T: {
              Type: "Task",
              Resource: "test:sleep",
              Arguments: { name: "{% $states.input %}", seconds: 1, error: "Custom" },
              End: true,
            },
          },
        },
        End: true,
      }),
    );
    assert.deepEqual([error, log], ["Custom", ["0s a started", "1s a ended"]]);
  });

  it("reports what was cancelled as cancelled", async () => {
    const { events } = await observe(
      single({ Type: "Parallel", Branches: [sleep("a", 1, { error: "Custom" }), sleep("b", 9)], End: true }),
    );
    const exits = events.flatMap((event) =>
      event.type === "stateExited" ? [[event.visit.state, event.outcome, event.visit.path]] : [],
    );
    assert.deepEqual(exits, [
      ["a", "failed", ["S[0]"]],
      ["b", "cancelled", ["S[1]"]],
      ["S", "failed", []],
    ]);
  });

  it("aborts the whole with the reason", async () => {
    const { status, cause, error, log, elapsed } = await observe(
      single({
        Type: "Parallel",
        Branches: [sleep("a", 100), sleep("b", 100, { stopSeconds: 2 }, { Retry: [{ ErrorEquals: ["States.ALL"] }] })],
        Catch: [{ ErrorEquals: ["States.ALL"], Next: "S" }],
        End: true,
      }),
      {},
      { abortAfter: 10 },
    );
    assert.deepEqual(
      { status, cause, error },
      { status: "ABORTED", cause: "Somebody pressed Ctrl-C.", error: undefined },
    );
    assert.deepEqual(log, ["0s a started", "0s b started", "10s a stopped", "12s b stopped"]);
    assert.equal(elapsed, 12_000);
  });

  it("aborts a wait between two attempts", async () => {
    const { status, elapsed } = await observe(
      single({
        Type: "Task",
        Resource: "test:fail",
        Arguments: { times: 9, error: "Custom" },
        Retry: [{ ErrorEquals: ["States.ALL"], IntervalSeconds: 60 }],
        End: true,
      }),
      {},
      { abortAfter: 10 },
    );
    assert.deepEqual([status, elapsed], ["ABORTED", 10_000]);
  });

  it("runs nothing when it is aborted before the start", async () => {
    const { status, log } = await observe(sleep("a", 1), {}, { signal: AbortSignal.abort("Too late.") });
    assert.deepEqual([status, log], ["ABORTED", []]);
  });
});

describe("TimeoutSeconds", () => {
  it("of a task stops it, and can be retried and caught", async () => {
    const { output, log } = await observe({
      StartAt: "a",
      States: {
        a: {
          Type: "Task",
          Resource: "test:sleep",
          Arguments: { name: "a", seconds: 100, stopSeconds: 1 },
          TimeoutSeconds: "{% 5 %}",
          Retry: [{ ErrorEquals: ["States.Timeout"], MaxAttempts: 1, IntervalSeconds: 4 }],
          Catch: [{ ErrorEquals: ["States.Timeout"], Next: "Z" }],
          End: true,
        },
        Z: { Type: "Succeed" },
      },
    });
    assert.deepEqual(log, ["0s a started", "6s a stopped", "10s a started", "16s a stopped"]);
    // The service gives an empty cause too.
    assert.deepEqual(output, { Error: "States.Timeout", Cause: "" });
  });

  it("of a task that ends in time has no effect, and leaves no timer behind", async () => {
    const { output, elapsed } = await observe(sleep("a", 4, { value: 1 }, { TimeoutSeconds: 5 }));
    assert.deepEqual([output, elapsed], [1, 4_000]);
  });

  it("of the whole ends everything with TIMED_OUT, past every catcher", async () => {
    const { status, error, cause, log } = await observe({
      TimeoutSeconds: 30,
      StartAt: "P",
      States: {
        P: {
          Type: "Parallel",
          Branches: [sleep("a", 100), sleep("b", 10)],
          Catch: [{ ErrorEquals: ["States.ALL"], Next: "P" }],
          End: true,
        },
      },
    });
    assert.deepEqual(
      { status, error, cause },
      {
        status: "TIMED_OUT",
        error: "States.Timeout",
        cause: "The execution took longer than the state machine's TimeoutSeconds, 30.",
      },
    );
    assert.deepEqual(log, ["0s a started", "0s b started", "10s b ended", "30s a stopped"]);
  });
});
