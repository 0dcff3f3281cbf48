import { strict as assert } from "node:assert";
import * as fs from "node:fs";
import * as path from "node:path";

import { findProblems } from "../../../components/checks";

const own = { image: "alpine", command: ["true"] };

describe("the check of the worker's image", () => {
  it("wants the worker's bundle only where the image is built", () => {
    const bundle = path.join(__dirname, "..", "..", "..", "worker", "dist", "worker.cjs");
    const expected = fs.existsSync(bundle)
      ? []
      : [
          `image.uri must be given as long as the worker's bundle ${bundle} is missing, without which the image can't be built. Received nothing. Make the bundle with \`node scripts/bundle-worker.mjs\`, or name an existing image.`,
        ];
    assert.deepEqual(
      findProblems("videos", {}).map(({ reason }) => reason),
      expected,
    );
    assert.deepEqual(findProblems("videos", { jobs: { metadata: own, features: own, transcode: own } }), []);
  });
});
