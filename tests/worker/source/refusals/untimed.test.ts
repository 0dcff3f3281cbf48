import assert from "node:assert/strict";
import { join } from "node:path";

import { untimedError } from "../../../../worker/source/refusals/untimed";
import { clipDirectory, ffmpeg } from "../../../support/clips";
import { FINE } from "../../exactness/check";
import { planOf } from "../../exactness/inProcess";

describe("frames without timestamps", () => {
  it("may have negative ones in Matroska", async () => {
    const { path, remove } = await clipDirectory();
    try {
      const file = join(path, "before.mkv");
      const pictures = ["-f", "lavfi", "-i", "testsrc2=s=96x64:r=25:d=1", "-c:v", "libx264", "-g", "5"];
      await ffmpeg(...pictures, "-avoid_negative_ts", "disabled", "-output_ts_offset", "-0.5", file);
      await assert.rejects(planOf(file, `${file} out`, FINE), {
        name: "InputError",
        message:
          '"before.mkv" has frames whose timestamps are negative, or missing, and ffmpeg reads neither; export it again with timestamps from 0 on.',
      });
    } finally {
      await remove();
    }
  });

  it("are named with a remedy in other containers", () => {
    assert.equal(
      untimedError('"a.ts"', { format: { format_name: "mpegts" } }).message,
      '"a.ts" has frames without timestamps; remux it, for example into MKV.',
    );
  });
});
