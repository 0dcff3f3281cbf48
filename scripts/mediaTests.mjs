// Which tests run ffmpeg. Only these can depend on its version, and what they prove does not depend on that of Node.js.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const tests = path.join(root, "tests", path.sep);

/** Where tests are that depend on ffmpeg's version: what the worker makes, and whether browsers play it. The demo runs the rest. */
const DEPENDENT = ["tests/worker/", "tests/browser/"];
/** Those among them that prove what the worker does around ffmpeg: ownership, publishing, storage, events, and jobs that run again. */
const INDEPENDENT =
  /^tests\/worker\/(?:killed|output|publish|storage|events|bundle|concurrent|damageReport|jobs|order|otherEncoder|ffmpeg\/(?:interrupted|remedy)|video\/remainingChunks)\b/;

/** What files have in them that start it. */
const STARTS = /["'`]ff(?:mpeg|probe)["'`]/;

/** Paths of the files of tests, from the root, whose names end like this. */
export function testFiles(...endings) {
  return readdirSync(tests, { recursive: true })
    .filter((file) => endings.some((ending) => file.endsWith(ending)))
    .map((file) => path.join("tests", file))
    .sort();
}

/** Whether a file of tests, or one of the helpers that it imports, starts ffmpeg. */
export function runsFfmpeg(file, seen = new Set()) {
  if (seen.has(file)) return false;
  seen.add(file);
  const text = readFileSync(path.join(root, file), "utf8");
  return STARTS.test(text) || helpersOf(file, text).some((helper) => runsFfmpeg(helper, seen));
}

/** The tests whose results depend on ffmpeg's version. */
export function dependentTests() {
  return testFiles(".test.ts", ".spec.ts").filter((file) => {
    const name = file.split(path.sep).join("/");
    return DEPENDENT.some((folder) => name.startsWith(folder)) && !INDEPENDENT.test(name) && runsFfmpeg(file);
  });
}

/** The files of tests that a file imports. The code under test is no helper: what it starts, a test says. */
function helpersOf(file, text) {
  return [...text.matchAll(/ from "(\.[^"]*)"/g)]
    .map(([, relative]) => `${path.join(path.dirname(file), relative)}.ts`)
    .filter((helper) => path.join(root, helper).startsWith(tests) && existsSync(path.join(root, helper)));
}
