import { strict as assert } from "node:assert";

import type { VideoBatchPipelineArgs } from "../../../index";
import type { Synthesis } from "../../../runner/synthesis/synthesis";
import { IMAGE, named, synthesisePipeline } from "../../support/pipeline";

const synthesised = (args: VideoBatchPipelineArgs): Promise<Synthesis> => synthesisePipeline({ image: IMAGE, ...args });

describe("queues", () => {
  it("with shares have a scheduling policy, and get the execution's share and priority, and no other queue does", async () => {
    const synthesis = await synthesised({
      queues: [
        { name: "high", priority: 9, enabled: false, enableWaitLimits: false },
        {
          ...{ name: "low", priority: 1, capacityWaitSeconds: 700, misfitWaitSeconds: 900 },
          fairShare: { defaultShare: "all", shares: [{ identifier: "vip*", weight: 0.25 }], reservationPercent: 10 },
        },
      ],
    });
    assert.deepEqual(named(synthesis, "videos-low-scheduling-policy").inputs, {
      fairSharePolicy: {
        ...{ shareDecaySeconds: 3600, computeReservation: 10 },
        shareDistributions: [{ shareIdentifier: "vip*", weightFactor: 0.25 }],
      },
    });
    const [high, low] = ["high", "low"].map((name) => named(synthesis, `videos-${name}-queue`).inputs);
    assert.deepEqual(
      [high?.["state"], high?.["jobStateTimeLimitActions"], high?.["schedulingPolicyArn"]],
      ["DISABLED", undefined, undefined],
    );
    assert.equal(
      low?.["schedulingPolicyArn"],
      "arn:aws:batch:us-east-1:123456789012:scheduling-policy/videos-low-scheduling-policy",
    );
    const limits = low?.["jobStateTimeLimitActions"] as { maxTimeSeconds: number }[];
    assert.deepEqual(
      limits.map(({ maxTimeSeconds }) => maxTimeSeconds),
      [700, 900, 900],
    );
    const definition = named(synthesis, "videos-state-machine").inputs["definition"] as string;
    const submits = [
      ...definition.matchAll(/job-queue\/videos-(high|low)-queue[^\n]*(?:\n(?!.*"TimeoutSeconds")[^\n]*)*/g),
    ];
    assert.equal(submits.length, 12);
    for (const [text, queue] of submits) {
      assert.equal(text.includes("ShareIdentifier"), queue === "low", text);
      assert.equal(text.includes("SchedulingPriorityOverride"), queue === "low", text);
    }
  });
});
