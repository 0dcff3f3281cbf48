import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Watchdog } from "../../../../runner/batch/launchers/watchdog";
import { gone, isAlive } from "../../../support/processes";
import { until } from "../../../support/until";

describe("Watchdog", () => {
  it("says once why there is none", async () => {
    const reasons: string[] = [];
    const watchdog = new Watchdog("/tmp/nothing", (reason) => reasons.push(reason), "/bin/no-shell");
    watchdog.watch(2 ** 30);
    await until(
      () => reasons.length > 0,
      () => "nothing was said",
    );
    watchdog.release();
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.deepEqual(reasons, ["spawn /bin/no-shell ENOENT"]);
  });

  it("ends the job in its folder if the runner was killed before it could name the group", async function () {
    // Only Linux shows where a process works.
    if (!existsSync("/proc/self/cwd")) this.skip();
    const folders = ["own", "other"].map((name) => mkdtempSync(join(tmpdir(), `watchdog-${name}-`)));
    const [own, other] = folders.map((cwd) => spawn("sleep", ["600"], { cwd, detached: true, stdio: "ignore" }));
    try {
      new Watchdog(folders[0] as string, assert.fail).watch(undefined);
      await gone(own?.pid as number);
      await until(
        () => !existsSync(folders[0] as string),
        () => "its folder is still there",
      );
      assert.ok(isAlive(other?.pid as number));
    } finally {
      own?.kill("SIGKILL");
      other?.kill("SIGKILL");
      rmSync(folders[1] as string, { recursive: true });
    }
  });
});
