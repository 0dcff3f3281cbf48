import assert from "node:assert/strict";

import { clipDirectory } from "../support/clips";
import { runMutants } from "./mutantRuns";
import { buildWorker } from "./workerProcess";

/** A few for every run of the tests; many more are run by hand with tests/worker/fuzz.ts. */
const SEEDS = [3, 4, 5, 6, 7, 8];

describe("damaged videos", () => {
  let path: string;
  let remove: () => Promise<void>;
  before(async () => ({ path, remove } = await clipDirectory()));
  after(() => remove());

  it("are refused for good with a sentence, or made as a whole", async () => {
    assert.deepEqual(await runMutants(await buildWorker(path), path, SEEDS), []);
  });
});
