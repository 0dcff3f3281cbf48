// `npm run test:ffmpeg [-- VERSION …]` runs the tests that depend on ffmpeg, and the demo, with the given versions, or with every
// supported version besides the installed one. It skips tests that need something a build lacks, and lists them at the end. The long ones run
// with the oldest and the newest of these versions, whose ffprobe is that of the one between. With the newest version it also runs the cases,
// whose sources the installed ffmpeg makes and measures, and it does so on the newest Node.js.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { ffmpegBuild, VERSIONS } from "./ffmpegBuilds.mjs";
import { linkPackages } from "./linkPackages.mjs";
import { dependentTests, testFiles } from "./mediaTests.mjs";
import { nodeOf, NODES, withPath } from "./nodeVersions.mjs";
import { orStop, stop } from "./stop.mjs";
import { answerHelp } from "./usage.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
answerHelp(`Usage: npm run test:ffmpeg [-- VERSION …]

Runs the tests that depend on ffmpeg's version, and the demo, with ffmpeg ${VERSIONS.join(", ")}. Without one, with all of
them. The builds are installed with pip.`);
/** What a clone of the repository doesn't have, or doesn't need for the demo. */
const NOT_CLONED = [".git", "bin", "node_modules", "out", "tests"];

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
  const [oldest, newest] = [VERSIONS[0], VERSIONS.at(-1)].map((one) => version === one);
  const folder = orStop(() => ffmpegBuild(version));
  const node = newest ? orStop(() => nodeOf(NODES.at(-1))) : process.execPath;
  const env = { ...withPath(folder, path.dirname(node)), FFMPEG_TESTS_SKIPPED: list };
  const { stdout } = spawnSync("ffmpeg", ["-version"], { encoding: "utf8", env });
  console.log(`\n${stdout.split(" Copyright")[0]}`);
  const failures = [];
  const tests = dependentTests().filter((file) => oldest || newest || file.endsWith(".test.ts"));
  if (!mocha(node, env, tests)) failures.push("the tests");
  if (newest && !mocha(node, pipelineOnly(folder, node), testFiles("cases.spec.ts"))) failures.push("the cases");
  if (!demo(node, env)) failures.push("the demo");
  const skipped = existsSync(list) ? readFileSync(list, "utf8").trimEnd().split("\n").sort() : [];
  return { version, failures, skipped };
}

/** An environment in which only jobs have the version in a folder. */
function pipelineOnly(folder, node) {
  return {
    ...withPath(path.dirname(node)),
    FFMPEG_PATH: path.join(folder, "ffmpeg"),
    FFPROBE_PATH: path.join(folder, "ffprobe"),
  };
}

/** Runs mocha as `npm run test:long` does, from which some of the files are. */
function mocha(node, env, files) {
  const { require: preloaded } = JSON.parse(readFileSync(path.join(root, ".mocharc.json"), "utf8"));
  const settings = ["--no-config", "--timeout", "600000", "--parallel", "--jobs", "2", "--reporter", "dot"];
  const preload = preloaded.flatMap((file) => ["--require", file]);
  const main = path.join(root, "node_modules", "mocha", "bin", "mocha.js");
  const options = { cwd: root, env, stdio: "inherit" };
  return spawnSync(node, [main, ...settings, ...preload, ...files], options).status === 0;
}

/** Runs the demo on a fresh clone, so that it makes everything, and beside the demos of other versions. */
function demo(node, env) {
  const clone = path.join(scratch, "clone");
  const filter = (source) => !NOT_CLONED.includes(path.basename(source));
  cpSync(root, clone, { recursive: true, preserveTimestamps: true, filter });
  linkPackages(root, clone);
  const options = { cwd: clone, env: { ...env, INIT_CWD: clone }, stdio: "inherit" };
  const { status } = spawnSync(node, [path.join(clone, "scripts", "demo.mjs")], options);
  rmSync(clone, { recursive: true });
  return status === 0;
}
