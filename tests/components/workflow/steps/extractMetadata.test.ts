import { strict as assert } from "node:assert";

import { evaluate, stateOf, workflowOf } from "../support";

describe("workflow: Extract Metadata", () => {
  const { Arguments, Assign, Catch } = stateOf(workflowOf(), "Extract Metadata", "Task");
  /** The context of an execution that begins with this input. */
  const began = (Input: object): object => ({
    Execution: { Id: "arn:execution", Name: "one", Input },
    State: { EnteredTime: new Date().toISOString() },
  });

  it("finds out which video it is about, for its job and for all states after it", async () => {
    const input = { input: "s3://masters/dir/a.mp4" };
    const states = { input, result: { JobId: "42" }, context: began(input) };
    const uris = { input: "s3://masters/dir/a.mp4", output: "s3://videos-bucket/output/dir/a.mp4" };
    const { Parameters } = (await evaluate(Arguments, { states })) as { Parameters: unknown };
    assert.deepEqual(Parameters, { ...uris, maxDamagedShare: "0.02" });
    assert.deepEqual(await evaluate(Assign, { states }), {
      ...uris,
      metadataJob: "42",
      maxDamagedShare: "0.02",
      remade: false,
    });
  });

  it("takes the share that may be damaged from the input, and else from the pipeline", async () => {
    const strict = stateOf(workflowOf({ maxDamagedShare: 0 }), "Extract Metadata", "Task");
    const shares = async (input: object): Promise<unknown[]> => {
      const states = { input, result: { JobId: "42" }, context: began(input) };
      const { Parameters } = (await evaluate(strict.Arguments, { states })) as { Parameters: Record<string, unknown> };
      const assigned = (await evaluate(strict.Assign, { states })) as Record<string, unknown>;
      return [Parameters["maxDamagedShare"], assigned["maxDamagedShare"]];
    };
    assert.deepEqual(await shares({ input: "s3://masters/a.mp4" }), ["0", "0"]);
    assert.deepEqual(await shares({ input: "s3://masters/a.mp4", maxDamagedShare: 0.5 }), ["0.5", "0.5"]);
    await assert.rejects(shares({ input: "s3://masters/a.mp4", maxDamagedShare: "5%" }), (error: Error) =>
      error.message.endsWith("The maxDamagedShare of an execution must be a number from 0 to 1."),
    );
  });

  it("says what is wanted instead of nonsense, and keeps that for the notice", async () => {
    const sentence = "The input of an execution must be like s3://bucket/key, or an Object Created event from S3.";
    await assert.rejects(evaluate(Arguments, { states: { input: { input: 3 } } }), (error: Error) =>
      error.message.endsWith(sentence),
    );
    const errorOutput = { Error: "States.QueryEvaluationError", Cause: "…" };
    const states = { input: { input: 3 }, errorOutput, context: began({ input: 3 }) };
    assert.deepEqual(await evaluate(Catch[0]?.Assign, { states }), {
      input: 3,
      output: null,
      remade: false,
      failure: {
        step: "Extract Metadata",
        error: "States.QueryEvaluationError",
        cause: "Extract Metadata failed: States.QueryEvaluationError. …",
        job: null,
        log: null,
      },
      failedAt: { state: "Extract Metadata", redrives: 0 },
    });
  });

  it("accepts any input where no command refers to it", async () => {
    const own = { image: "alpine", command: ["true"] };
    const echo = workflowOf({ jobs: { metadata: own, features: own, transcode: own } });
    const state = stateOf(echo, "Extract Metadata", "Task");
    assert.equal((state.Arguments as Record<string, unknown>)["Parameters"], undefined);
    assert.deepEqual(await evaluate(state.Assign, { states: { input: {} } }), { input: null, output: null });
    assert.deepEqual(await evaluate(state.Assign, { states: { input: { input: "x", output: "y" } } }), {
      input: "x",
      output: "y",
    });
  });
});
