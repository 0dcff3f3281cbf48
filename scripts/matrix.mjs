// `npm run test:matrix [-- MAJOR …]` runs the tests on the given major versions of Node.js, by default 20, 22 and 24. On those between
// the oldest and the newest it leaves out the tests that run ffmpeg, which take most of the time. On the newest it leaves out those that
// depend on ffmpeg's version, which `npm run test:ffmpeg` runs there.
import { spawnSync } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { dependentTests, runsFfmpeg, testFiles } from "./mediaTests.mjs";
import { nodeOf, NODES, withPath } from "./nodeVersions.mjs";
import { orStop, stop } from "./stop.mjs";
import { answerHelp } from "./usage.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

answerHelp(`Usage: npm run test:matrix [-- MAJOR …]

Runs the tests on versions of Node.js: ${NODES.join(", ")}. Without one, on all of them.`);
const wanted = process.argv.slice(2);
const unknown = wanted.filter((major) => !NODES.includes(major));
if (unknown.length > 0) stop(`The tests run on Node ${NODES.join(", ")}. Received ${unknown.join(", ")}.`, 2);

const failed = (wanted.length > 0 ? wanted : NODES).filter((major) => {
  const node = orStop(() => nodeOf(major));
  const { stdout } = spawnSync(node, ["--version"], { encoding: "utf8" });
  console.log(`Node ${stdout.trim()}`);
  // Tests also start Node.js by its name.
  const env = withPath(path.dirname(node));
  const mocha = path.join(root, "node_modules", "mocha", "bin", "mocha.js");
  const ignored = testsRunElsewhere(major).flatMap((file) => ["--ignore", file]);
  const settings = ["--jobs", "2", "--reporter", "dot"];
  return spawnSync(node, [mocha, ...settings, ...ignored], { cwd: root, env, stdio: "inherit" }).status !== 0;
});
if (failed.length > 0) stop(`The tests failed on Node ${failed.join(" and ")}.`, 1);

function testsRunElsewhere(major) {
  if (major === NODES[0]) return [];
  return major === NODES.at(-1) ? dependentTests() : testFiles(".test.ts").filter((file) => runsFfmpeg(file));
}
