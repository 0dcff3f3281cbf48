import * as snippets from "../../../../components/workflow/jsonata/redrive";
import type { JsonObject } from "../../../../contract/asl";
import { testSnippets } from "./table";

const { errorUntilRedriven, EXECUTION_INPUT, FAILURE_CAUSE, FAILURE_ERROR } = snippets;
const { inputKeeping, keptOrInitial, lacksWork, redriveCount } = snippets;

const redriven = (Execution: JsonObject): JsonObject => ({ states: { context: { Execution } } });

const Input = { input: "s3://m/a" };
const claimed = { ...Input, kept: { approvedPlan: "0a1b" } };
/** The first state of an execution, at first. */
const entered = (input: JsonObject): JsonObject => ({ states: { input, context: { Execution: { Input: input } } } });

describe("JSONata: redrives", () => {
  const failed = { failure: { error: "E", cause: "Why." }, failedAt: { state: "Read Plan", redrives: 1 } };
  testSnippets<typeof snippets>({
    redriveCount: [
      ["none, where the service does not say", redriveCount(), redriven({}), 0],
      ["none", redriveCount(), redriven({ RedriveCount: 0 }), 0],
      ["some", redriveCount(), redriven({ RedriveCount: 2 }), 2],
    ],
    errorUntilRedriven: [
      ["the failure's error", errorUntilRedriven("Again"), { ...failed, ...redriven({ RedriveCount: 1 }) }, "E"],
      [
        "the one that leads to a state, once it was redriven",
        errorUntilRedriven("Again at "),
        { ...failed, ...redriven({ RedriveCount: 2 }) },
        "Again at Read Plan",
      ],
    ],
    FAILURE_ERROR: [["the error", FAILURE_ERROR, failed, "E"]],
    FAILURE_CAUSE: [["the sentence", FAILURE_CAUSE, failed, "Why."]],
    EXECUTION_INPUT: [["as it was started", EXECUTION_INPUT, redriven({ Input }), Input]],
    inputKeeping: [
      ["the execution's own", inputKeeping({}), redriven({ Input }), Input],
      [
        "and what would be forgotten",
        inputKeeping({ approvedPlan: "$plan" }),
        { plan: "0a1b", ...redriven({ Input }) },
        { ...Input, kept: { approvedPlan: "0a1b" } },
      ],
    ],
    lacksWork: [
      ["missing work", lacksWork(3), { exitCode: 3, remade: false }, true],
      ["missing work again", lacksWork(3), { exitCode: 3, remade: true }, false],
      ["another failure", lacksWork(3), { exitCode: 1, remade: false }, false],
      ["no job that failed", lacksWork(3), { exitCode: null, remade: false }, false],
    ],
    keptOrInitial: [
      ["nothing at first", keptOrInitial("approvedPlan", "''"), entered(Input), ""],
      ["nothing of what an execution's own input claims", keptOrInitial("approvedPlan", "''"), entered(claimed), ""],
      [
        "what was kept",
        keptOrInitial("approvedPlan", "''"),
        { states: { input: claimed, context: { Execution: { Input } } } },
        "0a1b",
      ],
    ],
  });
});
