import assert from "node:assert/strict";
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { RunRecord } from "../../../contract/run";
import { interruptedRun } from "../../../runner/record/resume";
import type { RunOptions } from "../../../runner/run";
import { runPipeline } from "../../../runner/run";
import { program, script } from "../smallProgram";

describe("a run that is resumed", () => {
  let folder: string;
  let video: string;
  let outDir: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "resume-"));
    video = join(folder, "clip.mp4");
    outDir = join(folder, "out");
    writeFileSync(video, "video");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const run = (more: Partial<RunOptions> = {}): Promise<RunRecord> =>
    runPipeline({ synthesis: program(), video, outDir, ...more });
  const saved = (): RunRecord => JSON.parse(readFileSync(join(outDir, "run.json"), "utf8")) as RunRecord;
  /** A run that ended with a failure. */
  const failed = (): Promise<RunRecord> =>
    run({
      synthesis: program({ features: script('console.error("No disk."); process.exitCode = 2;') }),
      ...{ program: { directory: "/program", stack: "dev" }, maxVcpus: 2 },
    });

  it("records which run it continues, and keeps that run's record and logs", async () => {
    const first = await failed();
    assert.deepEqual(first.start, {
      ...{ video, bytes: 5, modified: first.start.modified },
      ...{ program: { directory: "/program", stack: "dev" }, maxVcpus: 2 },
    });
    const before = readFileSync(join(outDir, "run.json"), "utf8");
    const second = await run({ continues: interruptedRun(outDir), synthesis: program({ encode: ["false"] }) });
    assert.equal(second.status, "FAILED");
    const third = await run({ continues: interruptedRun(outDir) });
    assert.equal(third.status, "SUCCEEDED");
    assert.deepEqual(
      saved().continues,
      [first, second].map(({ execution, status, cause, started, ended }, index) => ({
        ...{ record: `earlier/${index + 1}/run.json`, execution, status, cause, started, ended },
      })),
    );
    assert.equal(readFileSync(join(outDir, "earlier/1/run.json"), "utf8"), before);
    assert.match(readFileSync(join(outDir, "earlier/1", first.failure!.log!), "utf8"), /No disk\./);
    assert.ok(existsSync(join(outDir, "logs/Features-1.log")));
  });

  it("is recorded as killed, which its own record could not say", async () => {
    await failed();
    const running = { ...saved(), status: "RUNNING", pid: 99_999_999, cause: undefined, ended: undefined };
    writeFileSync(join(outDir, "run.json"), JSON.stringify(running));
    await run({ continues: interruptedRun(outDir) });
    const [earlier] = saved().continues!;
    assert.deepEqual(
      [earlier?.status, earlier?.cause, earlier?.ended],
      ["ABORTED", "The run's process ended before the run did.", undefined],
    );
  });

  it("is deleted when a new run uses the folder", async () => {
    await failed();
    await run({ continues: interruptedRun(outDir) });
    await run();
    assert.equal(saved().continues, undefined);
    assert.ok(!existsSync(join(outDir, "earlier")));
  });

  describe("is refused", () => {
    const refused = (message: string): void =>
      void assert.throws(() => interruptedRun(outDir), { name: "UsageError", message });

    it("without a run", () =>
      refused(`There is no run in ${outDir} to resume: it has no run.json. Start one with: run VIDEO --out ${outDir}`));
    it("when the record belongs to something else", async () => {
      await failed();
      writeFileSync(join(outDir, "run.json"), "{}");
      refused(
        `${outDir}/run.json isn't the record of a run that can be resumed. Start one with: run VIDEO --out ${outDir}`,
      );
    });
    it("after it succeeded", async () => {
      await run();
      refused(`The run in ${outDir} already succeeded, so there is nothing to resume.`);
    });
    it("while it is running", async () => {
      await failed();
      writeFileSync(join(outDir, "run.json"), JSON.stringify({ ...saved(), status: "RUNNING", pid: 1 }));
      refused(`Another run (process 1) is using ${outDir}. Wait until it ends, or choose another folder.`);
    });
    it("when its video is gone", async () => {
      await failed();
      rmSync(video);
      refused(`The video ${video} doesn't exist.`);
    });
    it("when its video was changed", async () => {
      await failed();
      appendFileSync(video, "!");
      refused(
        `The video ${video} was changed after the run in ${outDir} began, so its finished work doesn't match the video. Start over with: run ${video} --out ${outDir}`,
      );
    });
  });
});
