import { strict as assert } from "node:assert";
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";

import { version } from "@pulumi/pulumi/version";

import { missingTools, requireTools } from "./tools";

describe("the tools that running examples/python needs", () => {
  let bin: string;
  beforeEach(() => {
    bin = fs.mkdtempSync(path.join(tmpdir(), "tools-"));
  });
  afterEach(() => fs.rmSync(bin, { recursive: true, force: true }));

  const install = (command: string, script: string): void =>
    fs.writeFileSync(path.join(bin, command), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const go = "Go from https://go.dev/dl";
  const python = "Python from https://python.org/downloads (on Debian python3-venv)";

  it("are named when they are missing or too old", () => {
    const missing = (): string | undefined => missingTools({ PATH: bin });
    assert.equal(
      missing(),
      `examples/python was not run: it needs Go 1.21 and Python 3.10 with venv on the PATH. Install ${go} and ${python}.`,
    );
    install("go", "echo local");
    const withoutPython = `examples/python was not run: it needs Python 3.10 with venv on the PATH. Install ${python}.`;
    assert.equal(missing(), withoutPython);
    install("python3", "exit 1");
    assert.equal(missing(), withoutPython);
    install("python3", "echo False");
    assert.equal(missing(), withoutPython);
    install("python3", "echo True");
    assert.equal(missing(), undefined);
    install("go", "echo");
    assert.equal(missing(), `examples/python was not run: it needs Go 1.21 on the PATH. Install ${go}.`);
  });

  it("are only asked for in CI", () => {
    const said: string[] = [];
    let skipped = 0;
    const test = { skip: () => void skipped++ };
    const require = (env: NodeJS.ProcessEnv): void =>
      requireTools(test, { PATH: bin, ...env }, (line) => said.push(line));
    const missing = missingTools({ PATH: bin })!;
    require({});
    assert.deepEqual([skipped, said], [1, [`Skipped: ${missing}\n`]]);
    assert.throws(() => require({ CI: "true" }), { message: missing });
    assert.deepEqual([skipped, said.length], [1, 1]);
    for (const command of ["go", "python3"]) install(command, "echo True");
    require({ CI: "true" });
    assert.deepEqual([skipped, said.length], [1, 1]);
  });

  it("generate with the version of Pulumi that the component has", () => {
    const module = fs.readFileSync(path.join(__dirname, "generator", "go.mod"), "utf8");
    assert.match(module, new RegExp(`^require github.com/pulumi/pulumi/pkg/v3 v${version}$`, "m"));
  });
});
