import assert from "node:assert/strict";
import { join } from "node:path";

import { clipDirectory, makeClip } from "../support/clips";
import { digests } from "./digests";
import { buildWorker, WorkerRuns } from "./workerProcess";

describe("jobs that are killed without warning", function () {
  this.timeout(40_000);
  let path: string;
  let remove: () => Promise<void>;
  let bundle: string;
  let clip: string;
  before(async () => {
    ({ path, remove } = await clipDirectory());
    bundle = await buildWorker(path);
    clip = await makeClip(join(path, "clip.mp4"), { width: 640, height: 360, seconds: 3, sound: true });
  });
  after(() => remove());

  const worker = (name: string): WorkerRuns =>
    new WorkerRuns(bundle, `file://${clip}`, `file://${join(path, name)}`, { TMPDIR: path });

  it("at any moment, and run again, leave the same bytes, and until then whole files only", async () => {
    const [undisturbed, killed] = [worker("undisturbed"), worker("killed")];
    await undisturbed.all();
    const expected = await digests(undisturbed);

    const jobs: [args: string[], environment?: NodeJS.ProcessEnv][] = [
      [["metadata"]],
      [["transcode", "--rendition", "90p", "--part", "1"]],
      [["transcode", "--rendition", "90p", "--part", "2"], { AWS_BATCH_JOB_ARRAY_INDEX: "1" }],
      [["transcode", "--rendition", "90p", "--part", "2"]],
      [["audio"]],
      [["features"]],
      [["package"]],
    ];
    for (const [index, [args, environment]] of jobs.entries()) {
      const { child, outcome } = killed.start(args, environment);
      const timer = setTimeout(() => child.kill("SIGKILL"), 140 + index * 20);
      await outcome;
      clearTimeout(timer);
      for (const [name, digest] of Object.entries(await digests(killed))) {
        // Playlists grow, and a killed writer leaves its unfinished file under a name that nobody reads.
        if (!/\.partial$|\.m3u8$/.test(name)) assert.equal(digest, expected[name], name);
      }
      assert.equal((await killed.run(args, environment)).code, 0);
    }
    assert.deepEqual(await digests(killed), expected);
  });
});
