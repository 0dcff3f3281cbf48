import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import type { RunRecord } from "../../../contract/run";
import { bundleWorker } from "../../support/pipeline";
import { cli } from "../../support/commandLine";

const LIMIT = "Canceled by JobStateTimeLimit action due to reason: CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY";

describe("run --without-capacity", () => {
  let directory: string;
  let clip: string;
  const run = (...options: string[]) =>
    cli(["run", clip, "--stack", "dev", "--out", path.join(directory, "out"), ...options]);

  before(() => {
    bundleWorker();
    directory = mkdtempSync(path.join(tmpdir(), "capacity-"));
    clip = path.join(directory, "clip.mp4");
    writeFileSync(clip, "no job that reads this ever starts");
  });
  after(() => rmSync(directory, { recursive: true, force: true }));

  it("cancels the first job at the limit, and the notice has the cause", async () => {
    const { code, stderr } = await run("--without-capacity", "compute", "--wait-limit", "1");
    assert.equal(code, 1, stderr);
    assert.match(stderr, /Extract Metadata +Job videos-ExtractMetadata can't start: .* after 1 s;/);
    const record = JSON.parse(readFileSync(path.join(directory, "out", "run.json"), "utf8")) as RunRecord;
    assert.deepEqual(
      record.jobs.map(({ status, statusReason, attempts }) => [status, statusReason, attempts.length]),
      [["FAILED", LIMIT, 0]],
    );
    const { cause } = JSON.parse(record.notifications[0]?.message ?? "{}") as { cause?: string };
    assert.ok(cause?.includes(LIMIT), cause);
  });

  it("rejects an unknown environment, and a limit of 0", async () => {
    const other = await run("--without-capacity", "other");
    assert.deepEqual(
      [other.code, other.stderr],
      [2, "--without-capacity other: there is no such compute environment. Choose one of: videos-compute.\n"],
    );
    const none = await run("--wait-limit", "0");
    assert.equal(none.code, 2);
    assert.match(none.stderr, /^--wait-limit must be a number above 0\. Received "0"\.$/m);
  });
});
