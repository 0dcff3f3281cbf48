import { strict as assert } from "node:assert";

import { damageReport } from "../../../../contract/damageReport";
import type { VideoBatchPipelineArgs } from "../../../../index";
import { everyState } from "../../../../contract/asl";
import { evaluate, stateOf, workflowOf } from "../support";

describe("workflow: Read Damage", () => {
  const { Arguments, Assign, Catch, Next } = stateOf(workflowOf(), "Read Damage", "Task");

  it("reads what the packaging job of this execution wrote, below the output", async () => {
    const packaging = stateOf(workflowOf(), "Package Video", "Task");
    const assigned = await evaluate(packaging.Assign, { states: { result: { JobId: "42" } } });
    assert.deepEqual(assigned, { packageJob: "42" });
    assert.deepEqual(await evaluate(Arguments, { output: "s3://bucket/output/a b.mp4", packageJob: "42" }), {
      Bucket: "bucket",
      Key: "output/a b.mp4/work/damage/42.json",
    });
  });

  it("keeps it for the notice", async () => {
    const report = damageReport([{ fromSeconds: 1, toSeconds: 2, what: "a picture can't be decoded" }]);
    const states = { result: { Body: JSON.stringify(report) } };
    assert.deepEqual(await evaluate(Assign, { states }), { damage: report });
  });

  it("fails nothing when it can't be read: the video is complete", async () => {
    assert.deepEqual(
      Catch.map((catcher) => [catcher.ErrorEquals, catcher.Next]),
      [[["States.ALL"], Next]],
    );
    const errorOutput = { Error: "S3.S3Exception", Cause: "Access Denied" };
    assert.deepEqual(await evaluate(Catch[0]?.Assign, { states: { errorOutput } }), {
      damage: {
        clause: "and whether it is damaged is unknown",
        lines: ["The manifest lists the damage, but its report could not be read: S3.S3Exception. Access Denied"],
        damageUnknown: "S3.S3Exception. Access Denied",
      },
    });
  });

  it("comes before the question whether the video is complete", () => {
    const partial = workflowOf({ workflow: { continueOnRenditionFailure: true } });
    assert.equal(stateOf(partial, "Package Video", "Task").Next, "Read Damage");
    assert.equal(stateOf(partial, "Read Damage", "Task").Next, "Check Completeness");
  });

  const own = { image: "mine", command: ["pack", "Ref::output"] };
  const others: [what: string, args: VideoBatchPipelineArgs, passedTo: string[]][] = [
    ["with the user's own packaging", { jobs: { package: own } }, ["Extract Metadata", "Transcode_720p-1"]],
    ["with the user's own transcode", { jobs: { transcode: own, package: own } }, ["Extract Metadata"]],
    ["with the user's own jobs", { jobs: { metadata: own, features: own, transcode: own, package: own } }, []],
  ];
  for (const [what, args, passedTo] of others) {
    it(`isn't there ${what}, whose commands get no share`, () => {
      const workflow = workflowOf({ ...args, renditions: [{ name: "720p", height: 720 }], parts: [{ queue: "low" }] });
      const states = everyState(workflow.definition);
      assert.ok(!states.some(({ name }) => name === "Read Damage"));
      assert.ok(!JSON.stringify(workflow.definition).includes("$damage"));
      assert.ok(!workflow.statements.some(({ Sid }) => Sid === "ReadDamage"));
      const passing = states.filter(({ state }) => {
        const { Arguments: submitted } = state as { Arguments?: unknown };
        const text = JSON.stringify(submitted) ?? "";
        return text.includes("batch") && text.includes("maxDamagedShare");
      });
      assert.deepEqual(
        passing.map(({ name }) => name).filter((name) => name !== "Transcode_audio"),
        passedTo,
      );
    });
  }
});
