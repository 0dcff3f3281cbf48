import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import path from "node:path";

const ROOT = path.resolve(__dirname, "../../..");

/** A process of its own: here, the SDK is loaded already. TypeScript is too, by ts-node, and is forgotten first. */
const SCRIPT = `
  const { loadSdk } = require("./runner/synthesis/sdk.ts");
  delete require.cache[require.resolve("typescript")];
  const sdk = loadSdk();
  const loaded = () => ["typescript", "@npmcli/arborist"].filter((name) => require.cache[require.resolve(name)]);
  const before = loaded();
  const offset = 40;
  sdk.runtime.serializeFunction(() => offset + 2).then(async ({ text }) => {
    const compiled = new (require("node:module"))("lambda.js");
    compiled._compile(text, "lambda.js");
    console.log(JSON.stringify({ before, after: loaded(), result: compiled.exports.handler() }));
  });
`;

describe("the Pulumi SDK", () => {
  it("is loaded without the packages that only Lambda functions need, until they are used", () => {
    const hook = path.join(ROOT, "scripts", "ts-node.cjs");
    const args = ["--no-warnings", "-r", hook, "-e", SCRIPT];
    const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: "utf8" });
    assert.equal(stderr, "");
    assert.deepEqual(JSON.parse(stdout), { before: [], after: ["typescript"], result: 42 });
  });
});
