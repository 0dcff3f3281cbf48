import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { runPipeline } from "../../runner/run";
import { rehearse, synthesised } from "./faults/rehearsal";
import { program } from "./smallProgram";

describe("a run with a share of its own that may be damaged", () => {
  it("has it in its input, and in what a run that resumes it begins with", async () => {
    const { record, commands } = await rehearse(await synthesised(), [], { maxDamagedShare: 0.1 });
    const { input, start, status } = record;
    assert.equal(status, "SUCCEEDED", record.cause);
    assert.deepEqual([(input as { maxDamagedShare?: number }).maxDamagedShare, start.maxDamagedShare], [0.1, 0.1]);
    const [metadata] = commands;
    assert.deepEqual(metadata?.slice(-2), ["--max-damaged-share", "0.1"]);
  });

  it("has neither without", async () => {
    const { record } = await rehearse(await synthesised(), []);
    assert.ok(!("maxDamagedShare" in record.start) && !("maxDamagedShare" in (record.input as object)));
  });

  it("is refused where no job takes it", async () => {
    const folder = mkdtempSync(join(tmpdir(), "share-"));
    try {
      writeFileSync(join(folder, "clip.mp4"), "video");
      const run = runPipeline({
        synthesis: program(),
        ...{ video: join(folder, "clip.mp4"), outDir: join(folder, "out"), maxDamagedShare: 0.1 },
      });
      await assert.rejects(run, {
        name: "UsageError",
        message:
          "--max-damaged-share needs the worker, and this program's jobs use their own commands. Leave out --max-damaged-share.",
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
