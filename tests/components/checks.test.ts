import { strict as assert } from "node:assert";

import * as pulumi from "@pulumi/pulumi";

import { VideoBatchPipeline } from "../../index";
import { findProblems } from "../../components/checks";
import { synthesise, type Synthesis } from "../../runner/synthesis/synthesis";
import { IMAGE } from "../support/pipeline";

describe("the checks together", () => {
  it("accept a pipeline without arguments", () => assert.deepEqual(findProblems("videos", { image: IMAGE }), []));

  for (const name of ["", "9videos", "my_videos", "v".repeat(33)]) {
    it(`refuse ${JSON.stringify(name)} as a name`, () => {
      assert.deepEqual(findProblems(name, { image: IMAGE }), [
        {
          propertyPath: "name",
          reason: `name must be 1 to 32 letters, digits or hyphens, beginning with a letter. Received ${JSON.stringify(name)}. The names of all resources begin with it: choose a short one like videos.`,
        },
      ]);
    });
  }

  it("report everything at once, before anything is registered", async () => {
    const args = { queues: [], gopSeconds: 0, image: IMAGE };
    let caught: unknown;
    const synthesis: Synthesis = await synthesise(() => {
      try {
        new VideoBatchPipeline("videos", args);
      } catch (error) {
        caught = error;
      }
    });
    assert.deepEqual(synthesis.resources, []);
    assert.ok(pulumi.InputPropertiesError.isInstance(caught));
    assert.deepEqual(caught.errors, findProblems("videos", args));
    assert.equal(
      caught.message,
      [
        'VideoBatchPipeline "videos" has 2 problems:',
        "- queues must have at least one entry. Received []. Leave it out for the queues high and low.",
        "- gopSeconds must be a whole number from 1 to 10. Received 0. 2 is usual.",
      ].join("\n"),
    );
  });
});
