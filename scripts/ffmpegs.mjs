// `npm run test:ffmpeg [-- VERSION …]` runs the tests that depend on ffmpeg, and the demo, with the given versions, or with every
// supported version besides the installed one. It skips tests that need something a build lacks, and lists them at the end. With the
// newest version it also runs the cases, whose sources the installed ffmpeg makes and measures.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { ffmpegBuild, VERSIONS } from "./ffmpegBuilds.mjs";
import { runsFfmpeg, testFiles } from "./mediaTests.mjs";
import { answerHelp } from "./usage.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
/** Where tests are that depend on ffmpeg's version: what the worker makes, and whether browsers play it. The demo runs the rest. */
const DEPENDENT = ["tests/worker/", "tests/browser/"];
/** Those among them that prove what the worker does around ffmpeg: ownership, publishing, storage, and jobs that run again. */
const INDEPENDENT = /^tests\/worker\/(?:killed|output|publish|storage|concurrent|jobs|order)\b/;
answerHelp(`Usage: npm run test:ffmpeg [-- VERSION …]

Runs the tests that depend on ffmpeg's version, and the demo, with ffmpeg ${VERSIONS.join(", ")}. Without one, with all of
them. The builds are installed with pip.`);
const wanted = process.argv.slice(2);
const unknown = wanted.filter((version) => !VERSIONS.includes(version));
if (unknown.length > 0) stop(`The tests run with ffmpeg ${VERSIONS.join(", ")}. Received ${unknown.join(", ")}.`, 2);

const scratch = mkdtempSync(path.join(tmpdir(), "ffmpegs-"));
process.on("exit", () => rmSync(scratch, { recursive: true, force: true }));
const results = (wanted.length > 0 ? wanted : VERSIONS).map(run);
for (const { version, skipped } of results) {
  if (skipped.length > 0)
    console.log(`\nSkipped with ffmpeg ${version}:\n${skipped.map((line) => `  ${line}`).join("\n")}`);
}
const failed = results.filter(({ failures }) => failures.length > 0);
if (failed.length > 0) {
  const summaries = failed.map(({ version, failures }) => `with ffmpeg ${version} ${failures.join(" and ")}`);
  stop(`\nFailed: ${summaries.join("; ")}.`, 1);
}

function run(version) {
  const list = path.join(scratch, version);
  const env = {
    ...process.env,
    PATH: `${build(version)}${path.delimiter}${process.env.PATH}`,
    FFMPEG_TESTS_SKIPPED: list,
  };
  const { stdout } = spawnSync("ffmpeg", ["-version"], { encoding: "utf8", env });
  console.log(`\n${stdout.split(" Copyright")[0]}`);
  const failures = [];
  if (!mocha(env, dependentTests())) failures.push("the tests");
  if (version === VERSIONS.at(-1) && !mocha(pipelineOnly(version), testFiles("cases.spec.ts")))
    failures.push("the cases");
  if (!demo(env)) failures.push("the demo");
  const skipped = existsSync(list) ? readFileSync(list, "utf8").trimEnd().split("\n").sort() : [];
  return { version, failures, skipped };
}

function build(version) {
  try {
    return ffmpegBuild(version);
  } catch (error) {
    return stop(error.message, 1);
  }
}

/** An environment in which only jobs have the version. */
function pipelineOnly(version) {
  const folder = build(version);
  return {
    ...process.env,
    FFMPEG_PATH: path.join(folder, "ffmpeg"),
    FFPROBE_PATH: path.join(folder, "ffprobe"),
  };
}

/** Runs mocha with the settings of `npm test`. It can't use .mocharc.json, because mocha would add the files listed there. */
function mocha(env, files) {
  const { require: preloaded, timeout, jobs } = JSON.parse(readFileSync(path.join(root, ".mocharc.json"), "utf8"));
  const settings = ["--no-config", "--timeout", timeout, "--parallel", "--jobs", jobs, "--reporter", "dot"].map(String);
  const preload = preloaded.flatMap((file) => ["--require", file]);
  const main = path.join(root, "node_modules", "mocha", "bin", "mocha.js");
  const options = { cwd: root, env, stdio: "inherit" };
  return spawnSync(process.execPath, [main, ...settings, ...preload, ...files], options).status === 0;
}

function dependentTests() {
  return testFiles(".test.ts", ".spec.ts").filter((file) => {
    const name = file.split(path.sep).join("/");
    return DEPENDENT.some((folder) => name.startsWith(folder)) && !INDEPENDENT.test(name) && runsFfmpeg(file);
  });
}

/** Runs the demo as on a fresh clone. Without deleting earlier results, the demo would not create them again. */
function demo(env) {
  for (const result of ["demo", "demo-clip.mp4"])
    rmSync(path.join(root, "out", result), { recursive: true, force: true });
  const options = { cwd: root, env, stdio: "inherit" };
  return spawnSync(process.execPath, [path.join(root, "scripts", "demo.mjs")], options).status === 0;
}

function stop(message, code) {
  console.error(message);
  process.exit(code);
}
