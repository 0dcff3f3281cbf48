import assert from "node:assert/strict";

import { callOf, resourceOf, serviceOf, waitsForAnswer } from "../../contract/serviceCalls";

describe("the resource of a task", () => {
  const cases: [resource: string, call: string | undefined, service: string | undefined, waits: boolean][] = [
    [resourceOf("batch:submitJob.sync"), "batch:submitJob.sync", "batch", false],
    [resourceOf("aws-sdk:s3:getObject", "aws-us-gov"), "aws-sdk:s3:getObject", "s3", false],
    [resourceOf("sns:publish.waitForTaskToken"), "sns:publish.waitForTaskToken", "sns", true],
    ["arn:aws:states:::states:startExecution.sync:2", "states:startExecution.sync:2", "states", false],
    ["arn:aws:states:::aws-sdk:cloudwatch-logs:getLog", "aws-sdk:cloudwatch-logs:getLog", "cloudwatch-logs", false],
    ["arn:aws:lambda:us-east-1:123456789012:function:mine", undefined, undefined, false],
    ["", undefined, undefined, false],
  ];
  for (const [resource, call, service, waits] of cases) {
    it(`says what ${resource || "nothing"} calls`, () => {
      assert.deepEqual([callOf(resource), serviceOf(resource), waitsForAnswer(resource)], [call, service, waits]);
    });
  }

  it("is in the partition of the pipeline", () => {
    assert.equal(resourceOf("sns:publish"), "arn:aws:states:::sns:publish");
    assert.equal(resourceOf("sns:publish", "aws-cn"), "arn:aws-cn:states:::sns:publish");
  });
});
