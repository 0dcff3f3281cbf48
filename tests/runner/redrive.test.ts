import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { PartialOutcome } from "../../index";
import { wrapped } from "../support/otherFfmpeg";
import { synthesisePipeline } from "../support/pipeline";
import { useEnvironment } from "../support/useEnvironment";
import { ARGS, Redrives } from "./redrives";

describe("a redrive with the real worker", () => {
  const redrives = new Redrives();
  const use = useEnvironment();

  it("encodes no chunk twice", async () => {
    const { path } = redrives;
    const log = join(path, "encodes.log");
    const script = `case "$*" in *color=s=64x64*) ;; *libx264*) echo "$*" | sha256sum >> ${log};; esac; exec "$real" "$@"`;
    use({ FFMPEG_PATH: await wrapped(path, "counting", script) });
    const encodes = async (): Promise<string[]> => (await readFile(log, "utf8")).trim().split("\n");
    // No branch is stopped in the middle of a chunk because another one failed.
    const workflow = { continueOnRenditionFailure: true, partialOutcome: PartialOutcome.fail };
    const one = redrives.execution("chunks", redrives.clip, await synthesisePipeline({ ...ARGS, workflow }));
    const first = await one.run(["Transcode_90p-2:chunk=1,exit=2"]);
    assert.equal(first.result.error, "VideoIncomplete", first.result.cause);
    assert.equal((await encodes()).length, 7);
    const second = await one.run();
    assert.equal(second.result.status, "SUCCEEDED", second.result.cause);
    const all = await encodes();
    assert.deepEqual([all.length, new Set(all).size], [8, 8]);
    assert.ok(!second.submitted.includes("Transcode_90p-1"), "its only chunk was done");
    assert.ok(second.submitted.includes("Transcode_90p-2"), "an array is submitted whole");
  });
});
