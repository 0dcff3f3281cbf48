import assert from "node:assert/strict";

import { runScripted } from "../../testing";
import { IMAGE, synthesisePipeline } from "../support/pipeline";

describe("the length of a video", () => {
  it("changes neither the states nor the transitions between them, only the children of array jobs", async () => {
    const synthesis = await synthesisePipeline({
      image: IMAGE,
      chunkSeconds: 60,
      workflow: { timeoutSeconds: 86_400 },
    });
    const [short, long] = await Promise.all(
      [15, 36_000].map((seconds) => runScripted(synthesis, { video: { seconds } })),
    );
    assert.deepEqual([short?.status, long?.status], ["SUCCEEDED", "SUCCEEDED"]);
    const visits = (run = short): string[] => run!.states.map(({ name }) => name).sort();
    assert.deepEqual(visits(long), visits(short));
    const children = (run = short): number => run!.jobs.filter(({ parentId }) => parentId !== undefined).length;
    assert.equal(children(short), 0);
    assert.ok(children(long) >= 3 * 599, String(children(long)));
  });
});
