import { strict as assert } from "node:assert";
import * as path from "node:path";

import { synthesiseFolder } from "../../testing";
import { withLayout, type Files } from "../programs/layouts";
import { useRealEngine } from "./useRealEngine";

/** Exports how it was started. */
const PROGRAM = `
  const pulumi = require("@pulumi/pulumi");
  Object.assign(exports, {
    file: __filename,
    folder: process.cwd(),
    arguments: process.argv.length,
    root: pulumi.getRootDirectory(),
    label: new pulumi.Config().require("label"),
  });`;

const STACK = { "infra/Pulumi.dev.yaml": "config: { demo:label: here }" };

const STARTS: [main: string, Files][] = [
  ["a file", { "infra/Pulumi.yaml": "main: stacks/own.js", "infra/stacks/own.js": PROGRAM }],
  ["a folder", { "infra/Pulumi.yaml": "main: ./stacks/", "infra/stacks/index.js": PROGRAM }],
  ["nothing, below a package", { "infra/Pulumi.yaml": "", "package.json": '{ "main": "own.js" }', "own.js": PROGRAM }],
];

/** What the SDK does from there is in tests/programs. */
describe("Pulumi's CLI starts a program as it is evaluated here", () => {
  const engine = useRealEngine();

  for (const [main, files] of STARTS) {
    it(`where main is ${main}`, () =>
      withLayout({ ...STACK, ...files }, async (directory) => {
        const infra = path.join(directory, "infra");
        const { outputs } = await synthesiseFolder(infra, "dev");
        const stack = await engine().stackIn({ name: "dev", directory: infra });
        const deployed = await stack.up();
        assert.deepEqual(
          { error: deployed.error, outputs: deployed.outputs },
          { error: undefined, outputs },
          deployed.messages.join("\n"),
        );
      }));
  }
});
