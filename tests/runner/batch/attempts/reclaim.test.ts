import assert from "node:assert/strict";

import { workerExitRules } from "../../../../components/jobs/exitRules";
import { SpotReclaim } from "../../../../runner/batch/attempts/reclaim";
import { BatchService } from "../../../../runner/batch/service";
import { ScriptedLauncher } from "../../../../runner/batch/launchers/scriptedLauncher";
import { VirtualClock } from "../../../../runner/clock/clock";
import { configuration, definition, environment, queue } from "../support";

function run(type: string, reclaim: boolean, seconds = 10) {
  const clock = new VirtualClock();
  const launcher = new ScriptedLauncher(clock, () => ({ seconds }));
  const platform = type.startsWith("FARGATE") ? "fargate" : "ec2";
  const computeEnvironments = [
    { ...environment("first", 2), type },
    { ...environment("second", 2), type: "EC2" },
  ];
  const batch = new BatchService({
    configuration: configuration({
      computeEnvironments,
      queues: [queue("high", 1, ["first", "second"])],
      jobDefinitions: [
        definition("job", {
          retryStrategy: { attempts: 3, evaluateOnExit: workerExitRules(platform) },
        }),
      ],
    }),
    ...{ launcher, clock, newId: () => "job-1" },
    ...(reclaim ? { faultInjector: new SpotReclaim(computeEnvironments) } : {}),
  });
  const { JobId } = batch.submit({ JobName: "a", JobQueue: "high", JobDefinition: "job" });
  return batch.whenEnded(JobId);
}

describe("a simulated Spot reclaim", () => {
  const reasons: [string, string][] = [
    ["SPOT", "Host EC2 (instance i-00000000000000000) terminated."],
    ["FARGATE_SPOT", "Your Spot Task was interrupted."],
    ["EC2", "Host EC2 (instance i-00000000000000000) terminated."],
  ];
  for (const [type, reason] of reasons) {
    it(`interrupts a machine of type ${type} once, and the worker's exit rules retry the job`, async () => {
      const detail = await run(type, true);
      assert.equal(detail.Status, "SUCCEEDED");
      assert.deepEqual(
        detail.Attempts.map(({ StatusReason, Container, StoppedAt }) => [StatusReason, Container.ExitCode, StoppedAt]),
        [
          [reason, undefined, 1000],
          ["Essential container in task exited", 0, 11_000],
        ],
      );
    });
  }

  it("does not affect a job that ended before", async () => {
    assert.equal((await run("SPOT", true, 0.5)).Attempts.length, 1);
  });

  it("happens only on request", async () => {
    assert.equal((await run("SPOT", false)).Attempts.length, 1);
  });
});
