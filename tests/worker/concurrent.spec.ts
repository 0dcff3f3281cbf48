import assert from "node:assert/strict";
import { cp, readFile } from "node:fs/promises";
import { join } from "node:path";

import type { Plan } from "../../contract/plan";
import { planMark } from "../../contract/outputs";
import type { Manifest } from "../../contract/manifest";
import { clipDirectory, makeClip } from "../support/clips";
import { digests } from "./digests";
import type { Outcome } from "./workerProcess";
import { buildWorker, LADDER, WorkerRuns } from "./workerProcess";

/** The jobs as the state machine starts them, up to the first that fails. */
async function execute(worker: WorkerRuns): Promise<Outcome | undefined> {
  const looked = await worker.run(["metadata"]);
  if (looked.code !== 0) return looked;
  const { fingerprint } = await worker.plan();
  const run = (...args: string[]): Promise<Outcome> => worker.run([...args, "--plan", fingerprint]);
  const pieces = await Promise.all([
    run("transcode", "--rendition", "90p", "--part", "1"),
    run("audio"),
    run("features"),
  ]);
  return [...pieces, await run("package")].find(({ code }) => code !== 0);
}

describe("executions at the same time for the same output", () => {
  let path: string;
  let remove: () => Promise<void>;
  let make: (name: string, crf?: number) => WorkerRuns;
  before(async () => {
    ({ path, remove } = await clipDirectory());
    const bundle = await buildWorker(path);
    const clip = await makeClip(join(path, "clip.mp4"), { seconds: 1, sound: true });
    make = (name, crf = 23) => {
      const renditions = [{ ...LADDER.renditions[0]!, crf }];
      const ladder = { ...LADDER, renditions, parts: [{}] };
      return new WorkerRuns(bundle, `file://${clip}`, `file://${join(path, name)}`, { TMPDIR: path }, ladder);
    };
  });
  after(() => remove());

  it("with the same plan leave what one of them leaves", async () => {
    const [alone, shared] = [make("alone"), make("shared")];
    assert.equal(await execute(alone), undefined);
    assert.deepEqual(await Promise.all([execute(shared), execute(shared)]), [undefined, undefined]);
    assert.deepEqual(await digests(shared), await digests(alone));
  });

  it("with another ladder: the later one is complete, the earlier one says why it ended", async () => {
    // The earlier execution has done everything but the packaging.
    const [earlier, later, alone] = [make("taken"), make("taken", 30), make("alone later", 30)];
    await cp(join(path, "alone"), join(path, "taken"), { recursive: true });
    const { fingerprint } = await earlier.plan();
    const [end] = await Promise.all([execute(later), execute(alone)]);
    assert.equal(end, undefined);
    const { code, lastLine } = await earlier.run(["package", "--plan", fingerprint]);
    assert.deepEqual(
      [code, lastLine],
      [
        2,
        `${earlier.output} now has another plan: another execution began there with another video or ladder. That execution continues, and this one ends.`,
      ],
    );
    const plan = JSON.parse(await readFile(later.path("plan.json"), "utf8")) as Plan;
    assert.equal((await later.json<Manifest>("manifest.json")).fingerprint, plan.fingerprint);
    assert.notEqual(planMark(plan), fingerprint.slice(0, 8));
    assert.deepEqual(await digests(later), await digests(alone));
  });
});
