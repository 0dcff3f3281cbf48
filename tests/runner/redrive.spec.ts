import assert from "node:assert/strict";

import type { Manifest } from "../../contract/manifest";
import type { Plan } from "../../contract/plan";
import { WorkerRuns } from "../worker/workerProcess";
import { read, Redrives } from "./redrives";

describe("a redrive with the real worker and another video in between", () => {
  const redrives = new Redrives();

  it("takes the output back from another video, whose late jobs end", async () => {
    const { bundle, clip, other } = redrives;
    const one = redrives.execution("taken");
    await one.run(["Transcode_90p-2:exit=2"]);
    const intruder = redrives.execution("taken", other);
    const between = await intruder.run(["Package Video:exit=2"]);
    assert.match(between.result.cause ?? "", /^Package Video failed: /);
    const { fingerprint } = await read<Plan>(one, "plan.json");
    const second = await one.run();
    assert.equal(second.result.status, "SUCCEEDED", second.result.cause);
    const { source } = await read<Manifest>(one, "manifest.json");
    assert.equal(source.uri, `file://${clip}`);

    const late = new WorkerRuns(bundle, `file://${other}`, `file://${one.output}`);
    const { code, lastLine } = await late.run(["package", "--plan", fingerprint]);
    assert.deepEqual(
      [code, lastLine],
      [
        2,
        `file://${one.output} now has another plan: another execution began there with another video or ladder. That execution continues, and this one ends.`,
      ],
    );
    const again = await intruder.run();
    assert.match(again.result.cause ?? "", /now has another plan: another execution began there/);
  });
});
