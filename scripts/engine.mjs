// `npm run test:engine [-- OPTION …]` runs the tests on Pulumi's own engine. Dozens of processes take part in each, so a file in which a
// test fails is run once more, from nothing, after its errors were printed: what one attempt left can't be what another one finds.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { stop } from "./stop.mjs";
import { answerHelp } from "./usage.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
answerHelp(`Usage: npm run test:engine [-- OPTION …]

Runs the tests on Pulumi's own engine, with stand-ins for AWS. Options are Mocha's, such as --grep TEXT.`);

const scratch = mkdtempSync(path.join(tmpdir(), "engine-tests-"));
process.on("exit", () => rmSync(scratch, { recursive: true, force: true }));
const failedFiles = path.join(scratch, "failed");

const preload = ["--require", "./scripts/ts-node.cjs", "--require", "./tests/support/promiseTraces.ts"];
if (!node(["-r", "./scripts/ts-node.cjs", "tests/engine/prepare.ts"])) stop("The engine couldn't be prepared.", 1);
// The longest comes first, so that no core waits for it in the end.
const all = ["environments.spec.ts", "!(environments).spec.ts", "*/**/*.spec.ts"].map((file) => `tests/engine/${file}`);
if (!mocha(all)) {
  const again = existsSync(failedFiles) ? readFileSync(failedFiles, "utf8").trimEnd().split("\n") : [];
  if (again.length === 0) stop("The tests on Pulumi's engine ended before all of them had run.", 1);
  console.log(`\nOnce more, from nothing: ${again.map((file) => path.relative(root, file)).join(", ")}.`);
  if (!mocha(again)) stop("Tests in these files failed twice.", 1);
}

function mocha(files) {
  const reporter = ["--reporter", "./scripts/failedFiles.cjs", "--reporter-option", `output=${failedFiles}`];
  const settings = [
    "--no-config",
    "--parallel",
    "--jobs",
    "3",
    "--timeout",
    "600000",
    "--exit",
    ...reporter,
    ...preload,
  ];
  return node([path.join(root, "node_modules/mocha/bin/mocha.js"), ...settings, ...process.argv.slice(2), ...files]);
}

function node(args) {
  return spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" }).status === 0;
}
