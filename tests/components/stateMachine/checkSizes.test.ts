import { strict as assert } from "node:assert";

import { normalise } from "../../../components/settings";
import { findProblems } from "../../../components/checks";
import { checkSubmitSizes } from "../../../components/stateMachine/checkSizes";
import { IMAGE } from "../../support/pipeline";

describe("what is submitted to Batch", () => {
  it("is refused when it would be too large, with the step that it is of", () => {
    const args = { image: IMAGE, renditions: [{ name: "r".repeat(30_000), height: 720 }] };
    const [problem, ...others] = checkSubmitSizes({ name: "videos", args, settings: normalise("videos", args) });
    assert.deepEqual([problem?.propertyPath, others], ["jobs", []]);
    assert.match(
      problem?.reason ?? "",
      /^jobs must result in SubmitJob requests of at most 30,720 bytes, which is Batch's limit\. Received \d{5}\. The largest is that of Transcode_r+-1: shorten the names of the pipeline, the rendition or the shares\.$/,
    );
  });

  it("fits with the longest names that there can be", () => {
    const share = "s".repeat(255);
    const queues = ["high", "low"].map((name) => ({ name, priority: 1, fairShare: { defaultShare: share } }));
    const renditions = [{ name: "r".repeat(60), height: 720, vcpus: 4, attemptTimeoutSeconds: 90 }];
    assert.deepEqual(findProblems("v".repeat(32), { image: IMAGE, queues, renditions }), []);
  });
});

describe("the definition of the state machine", () => {
  it("is refused when Step Functions would not take it", () => {
    const renditions = Array.from({ length: 90 }, (_, index) => ({ name: `r${index}`, height: 720, crf: 20 }));
    const parts = Array.from({ length: 12 }, (_, index) => ({ queue: "low", ...(index < 11 ? { seconds: 9 } : {}) }));
    const reasons = findProblems("videos", { renditions, parts, image: IMAGE }).map(({ reason }) => reason);
    assert.equal(reasons.length, 1);
    assert.match(
      reasons[0] ?? "",
      /^renditions must result, together with parts, in a state machine of at most 1,048,576 bytes, which is Step Functions' limit\. Received \d{7}\. There are 90 renditions with 12 parts each: use fewer of one or the other\.$/,
    );
  });

  it("fits with 50 renditions in 5 parts", () => {
    const renditions = Array.from({ length: 50 }, (_, index) => ({ name: `rendition-${index}`, height: 720, crf: 20 }));
    const parts = [1, 2, 3, 4].map((seconds) => ({ queue: "high", seconds }));
    assert.deepEqual(findProblems("videos", { renditions, parts: [...parts, { queue: "low" }], image: IMAGE }), []);
  });
});
