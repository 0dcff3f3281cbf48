import assert from "node:assert/strict";

import { callOf, resourceOf, serviceOf, waitsForAnswer, waitsForEnd } from "../../contract/serviceCalls";

describe("the resource of a task", () => {
  const cases: [resource: string, call: string | undefined, service: string | undefined, waits?: "end" | "answer"][] = [
    [resourceOf("batch:submitJob.sync"), "batch:submitJob.sync", "batch", "end"],
    [resourceOf("aws-sdk:s3:getObject", "aws-us-gov"), "aws-sdk:s3:getObject", "s3"],
    [resourceOf("sns:publish.waitForTaskToken"), "sns:publish.waitForTaskToken", "sns", "answer"],
    ["arn:aws:states:::states:startExecution.sync:2", "states:startExecution.sync:2", "states", "end"],
    [resourceOf("states:startExecution"), "states:startExecution", "states"],
    ["arn:aws:states:::aws-sdk:cloudwatch-logs:getLog", "aws-sdk:cloudwatch-logs:getLog", "cloudwatch-logs"],
    ["arn:aws:lambda:us-east-1:123456789012:function:mine", undefined, undefined],
    ["", undefined, undefined],
  ];
  for (const [resource, call, service, waits] of cases) {
    it(`says what ${resource || "nothing"} calls`, () => {
      assert.deepEqual([callOf(resource), serviceOf(resource)], [call, service]);
      assert.deepEqual([waitsForEnd(resource), waitsForAnswer(resource)], [waits === "end", waits === "answer"]);
    });
  }

  it("is in the partition of the pipeline", () => {
    assert.equal(resourceOf("sns:publish"), "arn:aws:states:::sns:publish");
    assert.equal(resourceOf("sns:publish", "aws-cn"), "arn:aws-cn:states:::sns:publish");
  });
});
