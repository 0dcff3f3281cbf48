import { strict as assert } from "node:assert";

import { requireCli } from "./requireCli";

const MISSING =
  "The tests of the real Pulumi engine need the Pulumi CLI, or Go 1.21 to build it. Install Pulumi from https://pulumi.com/docs/iac/download-install or Go from https://go.dev/dl.";

describe("a suite on the real engine, without a CLI and without Go", () => {
  const said: string[] = [];
  const skipped = new Error("skipped");
  const test = {
    skip: (): never => {
      throw skipped;
    },
  };
  const require = (env: NodeJS.ProcessEnv): string =>
    requireCli(test, { PATH: __dirname, ...env }, (line) => said.push(line));

  it("is skipped, and says what is missing", () => {
    assert.throws(() => require({}), skipped);
    assert.deepEqual(said, [`Skipped: ${MISSING}\n`]);
  });

  it("fails in CI", () => {
    assert.throws(() => require({ CI: "true" }), { message: MISSING });
  });

  it("does not take npm's package for the CLI, which loads one from the network", () => {
    const bin = `${process.cwd()}/node_modules/.bin`;
    assert.throws(() => require({ CI: "true", PATH: bin }), { message: MISSING });
  });
});
