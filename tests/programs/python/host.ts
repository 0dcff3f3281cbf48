import { execFileSync, spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

import { version } from "@pulumi/pulumi/version";

import type { Construct } from "../../support/engine";
import { environment, runHosted, type HostedRun } from "../../support/pulumiHost";

const CACHE = path.resolve(__dirname, "../../../node_modules/.cache/pip");

/** `pulumi install` of a Python program: its virtual environment, with what requirements.txt names. */
export function installRequirements(program: string): void {
  const constraints = path.join(program, "constraints.txt");
  // The newest would come otherwise, and an engine that it was never tested with.
  fs.writeFileSync(constraints, `pulumi==${version}\n`);
  const run = (command: string, ...args: string[]): void =>
    void execFileSync(command, args, { cwd: program, stdio: ["ignore", "ignore", "inherit"] });
  run("python3", "-m", "venv", "venv");
  const quiet = ["--quiet", "--disable-pip-version-check", "--cache-dir", CACHE];
  run("venv/bin/python", "-m", "pip", "install", ...quiet, "-r", "requirements.txt", "-c", constraints);
}

/** `pulumi up` of a Python program, as the CLI's language host for Python starts it. */
export function runPythonProgram(
  program: { directory: string; project: string },
  exec: string,
  construct: Construct,
): Promise<HostedRun> {
  const { directory, project } = program;
  return runHosted(({ address }) => {
    const python = path.join(directory, "venv", "bin", "python");
    const where = ["--pwd", directory, "--root_directory", directory];
    const engine = ["--monitor", address, "--engine", address, "--parallel", "16", "--dry_run", "false"];
    return spawn(python, [exec, ...engine, ...where, "--project", project, "--stack", "dev", "."], {
      env: environment({}),
      stdio: ["ignore", "pipe", "pipe"],
    });
  }, construct);
}
