import assert from "node:assert/strict";

import { cli } from "../../support/commandLine";

describe("preview", () => {
  it("lists resources by concern, with their most important facts", async () => {
    const { code, stdout, stderr } = await cli(["preview", "--stack", "dev"]);
    assert.equal(stderr, "");
    assert.equal(code, 0);
    for (const line of [
      /^videos {2}VideoBatchPipeline$/m,
      /^ {2}Queues\n {4}videos-high-queue +JobQueue +priority 10\n {4}videos-low-queue +JobQueue +priority 1$/m,
      /^ {4}videos-TranscodeVideo +JobDefinition +2 vCPUs, [\d,]+ MiB, \d attempts of at most 3,600 s$/m,
      /^ {4}videos-compute +ComputeEnvironment +\w+, 0 to 4 vCPUs, .*BEST_FIT_PROGRESSIVE$/m,
      /^ {4}videos-state-machine +StateMachine +STANDARD, \d+ states, at most 3,865 s$/m,
      /^ {4}videos-job-logs +LogGroup +kept 7 days$/m,
      /^\d+ resources in video-batch-pipeline\/dev$/m,
    ]) {
      assert.match(stdout, line);
    }
    assert.doesNotMatch(stdout, /undefined|^ {2}Other$/m);
  });

  it("shows what differs between two stacks", async () => {
    const { code, stdout } = await cli(["preview", "--stack", "dev", "--against", "prod"]);
    assert.equal(code, 0);
    assert.match(stdout, /^ {6}computeResources\.maxVcpus +4 → \d+$/m);
    assert.match(stdout, /^ {6}options\.protect +false → true$/m);
    assert.match(stdout, /^ {6}definition\.TimeoutSeconds +3865 → 86665$/m);
    assert.match(stdout, /^From dev to prod: \d+ added, \d+ removed, \d+ changed$/m);
  });

  it("finds no difference between a stack and itself, also in JSON", async () => {
    const same = await cli(["preview", "--stack", "dev", "--against", "dev"]);
    assert.equal(same.stdout, "From dev to dev: no differences\n");
    const json = await cli(["preview", "--stack", "dev", "--against", "dev", "--json"]);
    assert.equal(json.stdout, "[]\n");
  });
});
