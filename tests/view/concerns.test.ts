import assert from "node:assert/strict";

import { concernOf } from "../../view/preview/concerns";

describe("concernOf", () => {
  it("tells what starts a pipeline from functions that it calls", () => {
    assert.equal(concernOf("aws:cloudwatch/eventRule:EventRule"), "Trigger");
    assert.equal(concernOf("aws:lambda/function:Function"), "Functions");
    assert.equal(concernOf("aws:cloudwatch/logGroup:LogGroup"), "Monitoring");
    assert.equal(concernOf("random:index/randomId:RandomId"), "Other");
  });
});
