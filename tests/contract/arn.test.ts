import assert from "node:assert/strict";

import { lastSegment, parseArn } from "../../contract/arn";

const QUEUE = "arn:aws-cn:batch:cn-north-1:123456789012:job-queue/high";

describe("an ARN", () => {
  it("says where the resource is", () => {
    assert.deepEqual(parseArn(QUEUE), { partition: "aws-cn", region: "cn-north-1", account: "123456789012" });
    assert.deepEqual(parseArn(), { partition: "", region: "", account: "" });
  });

  it("ends with the resource's name", () => {
    assert.equal(lastSegment(QUEUE), "high");
    assert.equal(lastSegment("arn:aws:sns:us-east-1:123456789012:our-notices"), "our-notices");
    assert.equal(lastSegment("high"), "high");
  });
});
