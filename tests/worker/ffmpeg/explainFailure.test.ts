import assert from "node:assert/strict";

import { explainFailure } from "../../../worker/ffmpeg/explainFailure";
import { remedy } from "../../../worker/ffmpeg/remedy";
import { start } from "../../../worker/ffmpeg/run";
import { clipDirectory } from "../../support/clips";
import { wrapped } from "../../support/otherFfmpeg";
import { useEnvironment } from "../../support/useEnvironment";

describe("explainFailure", () => {
  let path: string;
  let remove: () => Promise<void>;
  const use = useEnvironment();
  before(async () => ({ path, remove } = await clipDirectory()));
  after(() => remove());

  for (const [version, stderr] of [
    ["5.1", "Decoder (codec hevc) not found for input stream #0:0"],
    ["7.1", "[dec:hevc @ 0x1] Decoding requested, but no decoder found for: hevc"],
  ] as const) {
    it(`names a decoder that ffmpeg ${version} reports as missing`, async () => {
      use({
        FFMPEG_PATH: await wrapped(path, `blind-${version}`, `"$real" "$@" | sed -E 's/ D(E....) hevc/ .\\1 hevc/'`),
      });
      const program = start("ffmpeg", ["-version"]);
      await program.ended;
      const error = await explainFailure(program, '"clip.mp4"', { program: "ffmpeg", code: 1, signal: null, stderr });
      assert.deepEqual(
        [error.name, error.message],
        ["InputError", `${process.env["FFMPEG_PATH"]} has no decoder for hevc: ${remedy("incomplete")}`],
      );
    });
  }

  it("leaves a failure with other causes as it is", async () => {
    const program = start("ffmpeg", ["-version"]);
    await program.ended;
    const exit = { program: "ffmpeg", code: 1, signal: null };
    const stderr = "Decoder (codec hevc) not found for input stream #0:0";
    const explain = async (text: string): Promise<string> =>
      (await explainFailure(program, "It", { ...exit, stderr: text })).message;
    assert.equal(await explain(stderr), `It can't be decoded: ${stderr}.`);
    assert.equal(await explain("Cannot allocate memory"), "ffmpeg failed: Cannot allocate memory.");
  });
});
