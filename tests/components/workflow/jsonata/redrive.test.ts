import * as snippets from "../../../../components/workflow/jsonata/redrive";
import type { JsonObject } from "../../../../contract/asl";
import { testSnippets } from "./table";

const { errorUntilRedriven, EXECUTION_INPUT, failedAtStep, FAILURE_CAUSE, redriveCount } = snippets;

const redriven = (Execution: JsonObject): JsonObject => ({ states: { context: { Execution } } });

describe("JSONata: redrives", () => {
  const failed = { failure: { error: "E", cause: "Why." }, failedAt: { state: "Read Plan", redrives: 1 } };
  testSnippets<typeof snippets>({
    redriveCount: [
      ["none, where the service does not say", redriveCount(), redriven({}), 0],
      ["none", redriveCount(), redriven({ RedriveCount: 0 }), 0],
      ["some", redriveCount(), redriven({ RedriveCount: 2 }), 2],
    ],
    failedAtStep: [
      ["the step", failedAtStep("Read Plan"), failed, true],
      ["another", failedAtStep("Process Video"), failed, false],
    ],
    errorUntilRedriven: [
      ["the failure's error", errorUntilRedriven("Again"), { ...failed, ...redriven({ RedriveCount: 1 }) }, "E"],
      [
        "another, once it was redriven",
        errorUntilRedriven("Again"),
        { ...failed, ...redriven({ RedriveCount: 2 }) },
        "Again",
      ],
    ],
    FAILURE_CAUSE: [["the sentence", FAILURE_CAUSE, failed, "Why."]],
    EXECUTION_INPUT: [
      ["the input", EXECUTION_INPUT, redriven({ Input: { input: "s3://m/a" } }), { input: "s3://m/a" }],
    ],
  });
});
