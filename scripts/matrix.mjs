// `npm run test:matrix [-- MAJOR …]` runs the tests on the given major versions of Node.js, by default 20, 22 and 24. On those between
// the oldest and the newest it leaves out the tests that run ffmpeg, which take most of the time. It installs versions other than the
// current one from npm packages, and keeps them in node_modules/.cache.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { runsFfmpeg, testFiles } from "./mediaTests.mjs";
import { answerHelp } from "./usage.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const SUPPORTED = ["20", "22", "24"];
const windows = process.platform === "win32";

const WHOLE = [SUPPORTED[0], SUPPORTED.at(-1)];

answerHelp(`Usage: npm run test:matrix [-- MAJOR …]

Runs the tests on versions of Node.js: ${SUPPORTED.join(", ")}. Without one, on all of them.`);
const wanted = process.argv.slice(2);
const unknown = wanted.filter((major) => !SUPPORTED.includes(major));
if (unknown.length > 0) stop(`The tests run on Node ${SUPPORTED.join(", ")}. Received ${unknown.join(", ")}.`, 2);

const failed = (wanted.length > 0 ? wanted : SUPPORTED).filter((major) => {
  const node = nodeOf(major);
  const { stdout } = spawnSync(node, ["--version"], { encoding: "utf8" });
  console.log(`Node ${stdout.trim()}`);
  // Tests also start Node.js by its name.
  const env = { ...process.env, PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH}` };
  const mocha = path.join(root, "node_modules", "mocha", "bin", "mocha.js");
  const without = WHOLE.includes(major) ? [] : testFiles(".test.ts").filter((file) => runsFfmpeg(file));
  const ignored = without.flatMap((file) => ["--ignore", file]);
  return spawnSync(node, [mocha, "--reporter", "dot", ...ignored], { cwd: root, env, stdio: "inherit" }).status !== 0;
});
if (failed.length > 0) stop(`The tests failed on Node ${failed.join(" and ")}.`, 1);

function nodeOf(major) {
  if (process.versions.node.split(".")[0] === major) return process.execPath;
  const name = `node-${windows ? "win" : process.platform}-${process.arch}`;
  const folder = path.join(root, "node_modules", ".cache", `node-${major}`);
  const node = path.join(folder, "node_modules", name, "bin", windows ? "node.exe" : "node");
  if (existsSync(node)) return node;
  mkdirSync(folder, { recursive: true });
  const install = ["install", "--prefix", folder, "--no-save", "--no-audit", "--no-fund", `${name}@${major}`];
  const { status } = spawnSync("npm", install, { stdio: ["ignore", 2, 2], shell: windows });
  if (status !== 0 || !existsSync(node)) stop(`Node ${major} could not be installed with: npm ${install.join(" ")}`, 1);
  return node;
}

function stop(message, code) {
  console.error(message);
  process.exit(code);
}
