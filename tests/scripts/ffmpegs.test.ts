import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { SKIPPED_VARIABLE } from "../support/ffmpegNeeds";

const ROOT = path.resolve(__dirname, "../..");

describe("scripts/ffmpegs.mjs", () => {
  const node = (...args: string[]) => spawnSync(process.execPath, args, { cwd: ROOT, encoding: "utf8" });

  it("rejects a version without a build", () => {
    const { status, stderr } = node("scripts/ffmpegs.mjs", "7.1", "6.0");
    assert.deepEqual([status, stderr], [2, "The tests run with ffmpeg 7.1, 8.1, 9.0. Received 6.0.\n"]);
  });

  it("lists the platforms that have builds", () => {
    const program = `import { ffmpegBuild } from "./scripts/ffmpegBuilds.mjs"; ffmpegBuild("9.0", "sunos-x64");`;
    assert.match(
      node("--input-type=module", "-e", program).stderr,
      /^Error: There is no ffmpeg 9\.0 for sunos-x64, only for linux-x64, linux-arm64, darwin-x64, darwin-arm64\.$/m,
    );
  });
});

describe("scripts/mediaTests.mjs", () => {
  const names = (expression: string): string[] => {
    const program = `import { dependentTests, runsFfmpeg, testFiles } from "./scripts/mediaTests.mjs";
      console.log(${expression}.join("\\n"));`;
    const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
      cwd: ROOT,
      encoding: "utf8",
    });
    return stdout.trimEnd().replaceAll(path.sep, "/").split("\n");
  };

  it("finds the tests that start ffmpeg, themselves or by a helper", () => {
    const tests = `testFiles("schema.test.ts", "fuzz.test.ts", "everyOutput.test.ts", "exactness.test.ts")`;
    assert.deepEqual(names(`${tests}.map((file) => file + " " + runsFfmpeg(file))`), [
      "tests/components/schema.test.ts false",
      "tests/worker/exactness/exactness.test.ts true",
      "tests/worker/fuzz.test.ts true",
      "tests/worker/storage/everyOutput.test.ts false",
    ]);
  });

  it("finds those of them whose results depend on ffmpeg's version", () => {
    const endings = [
      ...["exactness/exactness.test.ts", "fuzz.test.ts", "browser/dash.spec.ts", "cases.spec.ts"],
      ...["damageReport.test.ts", "otherEncoder.spec.ts", "remainingChunks.test.ts", "killed.spec.ts"],
    ];
    const found = `dependentTests().filter((file) => ${JSON.stringify(endings)}.some((ending) => file.endsWith(ending)))`;
    assert.deepEqual(names(found), [
      "tests/browser/dash.spec.ts",
      "tests/worker/exactness/exactness.test.ts",
      "tests/worker/fuzz.test.ts",
    ]);
  });
});

describe("tests that need what not every ffmpeg has", () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(path.join(tmpdir(), "needs-"));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  interface Results {
    passes: string[];
    pending: string[];
    failures: string[];
    /** Sentences of the failures. */
    reasons: string[];
    listed: string | undefined;
  }

  /** Runs the body of a suite called "a suite", with a list of what is skipped or without. */
  function run(body: string, skipping: boolean, env: NodeJS.ProcessEnv = {}): Results {
    const [spec, list] = ["spec.cjs", "skipped"].map((name) => path.join(directory, name)) as [string, string];
    const helper = JSON.stringify(path.join(ROOT, "tests/support/ffmpegNeeds"));
    writeFileSync(spec, `const { needing } = require(${helper});\ndescribe("a suite", () => {\n${body}\n});\n`);
    const mocha = path.join(ROOT, "node_modules/mocha/bin/mocha.js");
    const settings = ["--no-config", "--require", "./scripts/ts-node.cjs", "--reporter", "json"];
    const inherited = { ...process.env, ...env };
    delete inherited[SKIPPED_VARIABLE];
    const { stdout } = spawnSync(process.execPath, [mocha, ...settings, spec], {
      cwd: ROOT,
      encoding: "utf8",
      env: { ...inherited, ...(skipping ? { [SKIPPED_VARIABLE]: list } : {}) },
    });
    const found = JSON.parse(stdout) as Record<string, { fullTitle: string; err: { message?: string } }[]>;
    const titles = (kind: string): string[] => (found[kind] ?? []).map(({ fullTitle }) => fullTitle);
    return {
      passes: titles("passes"),
      pending: titles("pending"),
      failures: titles("failures"),
      reasons: (found["failures"] ?? []).map(({ err }) => err.message ?? ""),
      listed: existsSync(list) ? readFileSync(list, "utf8") : undefined,
    };
  }

  const BODY = `
    needing("ffmpeg filter scale", "ffmpeg encoder libx264 yuv420p", "ffprobe demuxer mov").it("has all", () => undefined);
    needing("ffmpeg filter scale", "ffmpeg filter pearl", "ffmpeg encoder libx264 pearl").it("pearls", () => { throw new Error("It ran."); });
    needing("ffprobe demuxer shell").describe("shells", () => {
      before(() => { throw new Error("It ran."); });
      it("open", () => undefined);
    });`;

  it("are skipped and listed where that is wanted", () => {
    assert.deepEqual(run(BODY, true), {
      passes: ["a suite has all"],
      pending: ["a suite pearls", "a suite shells open"],
      failures: [],
      reasons: [],
      listed:
        "a suite pearls: This ffmpeg has no filter pearl. This ffmpeg has no encoder libx264 for pearl.\na suite shells open: This ffprobe has no demuxer shell.\n",
    });
  });

  it("fail everywhere else", () => {
    const { reasons, ...results } = run(BODY, false);
    assert.deepEqual(results, {
      passes: ["a suite has all"],
      pending: [],
      failures: ["a suite pearls", "a suite shells runs"],
      listed: undefined,
    });
    const remedy = "This test needs it. Take another build; only `npm run test:ffmpeg` skips it.";
    assert.deepEqual(reasons, [
      `This ffmpeg has no filter pearl. This ffmpeg has no encoder libx264 for pearl. ${remedy}`,
      `This ffprobe has no demuxer shell. ${remedy}`,
    ]);
  });

  it("are skipped where a decoder is listed that decodes nothing", () => {
    const body = `needing("ffmpeg decoder av1").it("decodes", () => undefined);`;
    assert.deepEqual(run(body, false).passes, ["a suite decodes"]);
    const real = spawnSync("which", ["ffmpeg"], { encoding: "utf8" }).stdout.trim();
    const fake = `#!/bin/sh\ncase "$*" in *framecrc*) exit 1 ;; *) exec ${real} "$@" ;; esac\n`;
    writeFileSync(path.join(directory, "ffmpeg"), fake, { mode: 0o755 });
    const { listed } = run(body, true, { PATH: `${directory}${path.delimiter}${process.env["PATH"]}` });
    assert.equal(listed, "a suite decodes: This ffmpeg doesn't decode av1.\n");
  });
});
