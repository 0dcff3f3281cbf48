import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";

import { version } from "@pulumi/pulumi/version";

const CACHE = path.resolve(__dirname, "../../../node_modules/.cache/pulumi/pip");

const MISSING =
  "The test of examples/python needs Python 3.10 with venv on the PATH. Install Python from https://python.org/downloads (on Debian python3-venv).";
/** Debian leaves out of venv what brings pip. */
const PROBE = "import ensurepip, sys, venv; print(sys.version_info >= (3, 10))";

/** Skips a suite without Python, which not everybody has; fails it in CI. */
export function requirePython(
  test: { skip: () => void },
  env: NodeJS.ProcessEnv = process.env,
  say: (line: string) => void = (line) => process.stderr.write(line),
): void {
  const { status, stdout } = spawnSync("python3", ["-c", PROBE], { env, encoding: "utf8" });
  if (status === 0 && stdout.trim() === "True") return;
  if (env["CI"] === "true") throw new Error(MISSING);
  say(`Skipped: ${MISSING}\n`);
  test.skip();
}

/** Variables for the commands that install SDKs of Python. */
export function pipSettings(): NodeJS.ProcessEnv {
  const constraints = path.join(CACHE, "constraints.txt");
  mkdirSync(CACHE, { recursive: true });
  // Without it the newest SDK would come, which is made for another engine.
  writeFileSync(constraints, `pulumi==${version}\n`);
  return { PIP_CONSTRAINT: constraints, PIP_CACHE_DIR: CACHE };
}
