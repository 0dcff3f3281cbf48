import assert from "node:assert/strict";
import { copyFile } from "node:fs/promises";
import { join } from "node:path";

import type { Manifest } from "../../contract/manifest";
import type { Plan } from "../../contract/plan";
import { WorkerRuns } from "../worker/workerProcess";
import { read, Redrives } from "./redrives";

describe("a redrive with the real worker", () => {
  const redrives = new Redrives();

  it("makes what the source has become", async () => {
    const { path, clip, other } = redrives;
    const changing = join(path, "changing.mp4");
    await copyFile(clip, changing);
    const one = redrives.execution("changed", changing);
    await one.run(["Transcode_90p-2:exit=2"]);
    await copyFile(other, changing);
    const second = await one.run();
    assert.equal(second.result.status, "SUCCEEDED", second.result.cause);
    const { source, renditions } = await read<Manifest>(one, "manifest.json");
    assert.deepEqual([source.frames, renditions.map(({ frames }) => frames)], [50, [50, 50]]);
  });

  it("takes the output back from another video in between, whose late jobs end", async () => {
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
