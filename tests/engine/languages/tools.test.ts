import { strict as assert } from "node:assert";
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";

import { requirePython } from "./tools";

const MISSING =
  "The test of examples/python needs Python 3.10 with venv on the PATH. Install Python from https://python.org/downloads (on Debian python3-venv).";

describe("Python, which the test of examples/python needs,", () => {
  let bin: string;
  beforeEach(() => {
    bin = fs.mkdtempSync(path.join(tmpdir(), "tools-"));
  });
  afterEach(() => fs.rmSync(bin, { recursive: true, force: true }));

  const install = (script: string): void =>
    fs.writeFileSync(path.join(bin, "python3"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });

  /** What is said, and how often the suite is skipped. */
  function require(env: NodeJS.ProcessEnv = {}): [said: string[], skipped: number] {
    const said: string[] = [];
    let skipped = 0;
    requirePython({ skip: () => void skipped++ }, { PATH: bin, ...env }, (line) => said.push(line));
    return [said, skipped];
  }

  it("is missing, too old or without venv: the suite is skipped", () => {
    const expected = [[`Skipped: ${MISSING}\n`], 1];
    assert.deepEqual(require(), expected);
    install("echo False");
    assert.deepEqual(require(), expected);
    install("exit 1");
    assert.deepEqual(require(), expected);
  });

  it("must not be missing in CI", () => assert.throws(() => require({ CI: "true" }), { message: MISSING }));

  it("is there", () => {
    install("echo True");
    assert.deepEqual(
      [require(), require({ CI: "true" })],
      [
        [[], 0],
        [[], 0],
      ],
    );
  });
});
