import assert from "node:assert/strict";

import { Watchdog } from "../../../../runner/batch/launchers/watchdog";
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
});
