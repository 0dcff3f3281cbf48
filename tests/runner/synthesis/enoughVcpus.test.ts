import assert from "node:assert/strict";

import { readDeployment } from "../../../runner/synthesis/deployment";
import { checkVcpus } from "../../../runner/synthesis/enoughVcpus";
import type { Synthesis } from "../../../runner/synthesis/synthesis";
import { IMAGE, synthesisePipeline } from "../../support/pipeline";

describe("--max-vcpus", () => {
  let synthesis: Synthesis;
  before(async () => {
    synthesis = await synthesisePipeline({
      image: IMAGE,
      renditions: [
        { name: "720p", height: 720, vcpus: 3 },
        { name: "480p", height: 480 },
      ],
    });
  });
  const check = (maxVcpus: number): void => checkVcpus(readDeployment(synthesis, { maxVcpus }), maxVcpus);

  it("must be enough for the largest job, whether its step or its definition says so", () => {
    const refusal = (given: number): object => ({
      name: "UsageError",
      message: `--max-vcpus ${given} is too few: Transcode_720p-1 requests 3 vCPUs and would wait forever. Use at least 3.`,
    });
    assert.throws(() => check(1), refusal(1));
    assert.throws(() => check(2), refusal(2));
    check(3);
  });

  it("is compared with the job definition's where the step requests none", async () => {
    const plain = await synthesisePipeline({ image: IMAGE });
    assert.throws(() => checkVcpus(readDeployment(plain, { maxVcpus: 1 }), 1), {
      message: "--max-vcpus 1 is too few: Extract Metadata requests 2 vCPUs and would wait forever. Use at least 2.",
    });
  });
});
