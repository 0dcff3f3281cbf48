import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";

import type { Ladder } from "../../contract/plan";
import { LADDER_VARIABLE } from "../../contract/plan";
import type { FoundPrograms } from "../../worker/ffmpeg/findPrograms";
import { pathOf } from "../../worker/ffmpeg/program";
import { remedy } from "../../worker/ffmpeg/remedy";
import { tryFfmpeg } from "../../worker/ffmpeg/tryFfmpeg";
import { version } from "../../package.json";
import { clipDirectory } from "../support/clips";
import { cli } from "../support/commandLine";
import { called, without } from "../support/otherFfmpeg";
import { useEnvironment } from "../support/useEnvironment";
import { buildWorker, LADDER } from "./workerProcess";

const NODE = `Node ${process.versions.node} (${process.execPath})`;

describe("what is found on a machine", () => {
  let path: string;
  let remove: () => Promise<void>;
  let bundle: string;
  const use = useEnvironment();
  before(async () => {
    ({ path, remove } = await clipDirectory());
    bundle = await buildWorker(path);
  });
  after(() => remove());

  function worker(args: string[], environment: Record<string, string> = {}) {
    const { PATH = "", ...others } = process.env;
    const options = { env: { ...others, PATH, ...environment }, encoding: "utf8" } as const;
    const { status, stdout, stderr } = spawnSync(process.execPath, [bundle, ...args], options);
    return { code: status, stdout, stderr };
  }

  it("is named by --version: of the worker, and of the command line in the same words", async () => {
    const { version: ffmpeg } = await tryFfmpeg();
    const [first, node, ...media] = worker(["--version"]).stdout.split("\n");
    assert.deepEqual([first, node], [`video-batch-pipeline ${version}`, NODE]);
    assert.equal(media[0], `ffmpeg ${ffmpeg} (${pathOf("ffmpeg")})`);
    assert.match(media[1] ?? "", new RegExp(`^ffprobe \\S+ \\(${pathOf("ffprobe")}\\)$`));
    assert.deepEqual(media.slice(2), [""]);
    assert.deepEqual(await cli(["--version"]), { code: 0, stdout: worker(["-V"]).stdout, stderr: "" });
  });

  it("is named by --version too where it is missing or too old, which is no failure", async () => {
    const old = await called(path, "4.4.2", "58.134.100");
    const environment = { FFMPEG_PATH: old, FFPROBE_PATH: "/nowhere/ffprobe" };
    const lines = [
      `video-batch-pipeline ${version}`,
      NODE,
      `ffmpeg 4.4.2 (${old}), which is too old: 5.1 or later is needed`,
      `ffprobe wasn't found: ${remedy("missing", "ffprobe")}`,
    ];
    assert.deepEqual(worker(["--version"], environment), { code: 0, stdout: `${lines.join("\n")}\n`, stderr: "" });
    use(environment);
    assert.deepEqual(await cli(["--version"]), { code: 0, stdout: `${lines.join("\n")}\n`, stderr: "" });
  });

  const ladder = (more: Partial<Ladder["renditions"][number]> = {}): Record<string, string> => ({
    [LADDER_VARIABLE]: JSON.stringify({ ...LADDER, renditions: [{ ...LADDER.renditions[0], ...more }] }),
  });

  it("is checked for what a ladder asks of every video, and printed as JSON", async () => {
    const { code, stdout, stderr } = worker(["check"], ladder());
    assert.deepEqual([code, stderr], [0, ""]);
    const { ffprobe, ...found } = JSON.parse(stdout) as FoundPrograms;
    assert.deepEqual(found, {
      worker: version,
      node: { path: process.execPath, version: process.versions.node },
      ffmpeg: { path: pathOf("ffmpeg"), ...(await tryFfmpeg()) },
    });
    assert.equal(ffprobe?.path, pathOf("ffprobe"));
  });

  it("fails the check with 2 where it is missing, too old, or lacks what the ladder asks for and nothing else", async () => {
    const lacking = { FFMPEG_PATH: await without(path, "libx265") };
    const old = { FFMPEG_PATH: await called(path, "4.4.2", "58.134.100") };
    const failures: [environment: Record<string, string>, sentence: string][] = [
      [{ FFPROBE_PATH: "/nowhere/ffprobe" }, `ffprobe wasn't found: ${remedy("missing", "ffprobe")}`],
      [old, `${old.FFMPEG_PATH} is version 4.4.2, and 5.1 or later is needed: ${remedy("outdated")}`],
      [
        { ...lacking, ...ladder({ codec: "hevc" }) },
        `${lacking.FFMPEG_PATH} has no encoder libx265: ${remedy("incomplete")}`,
      ],
    ];
    for (const [environment, sentence] of failures) {
      assert.deepEqual(worker(["check"], environment), { code: 2, stdout: "", stderr: `${sentence}\n` });
    }
    assert.equal(worker(["check"], { ...lacking, ...ladder() }).code, 0);
  });
});
