import { spawn, type ChildProcessByStdio } from "node:child_process";
import { statSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import type { Readable } from "node:stream";

import { loadProgram } from "../../runner/synthesis/program";
import { startEngine, type Construct, type Engine, type Registration } from "./engine";
import { readProject } from "./projectFile";

export interface HostedRun {
  exitCode: number | null;
  registrations: Registration[];
  /** What the stack exports. */
  exports: Record<string, unknown>;
  /** What the program logged as an error, and what it printed. */
  errors: string;
  warnings: string[];
}

/** Runs the program of a folder with the script that the Pulumi CLI's language host starts. Nothing of ours loads it. */
export function runNodeProgram(directory: string, stack?: string): Promise<HostedRun> {
  const { workingDirectory, main } = launchOf(directory);
  const { config, ...program } = loadProgram({ directory, stack });
  // The program's own copy of the SDK, as the language host looks for it.
  const run = createRequire(path.join(workingDirectory, "noop.js")).resolve("@pulumi/pulumi/cmd/run");
  return runHosted(({ address }) =>
    spawn(
      process.execPath,
      [
        run,
        ...["--monitor", address, "--engine", address, "--project", program.project, "--stack", program.stack],
        ...["--pwd", workingDirectory, "--parallel", "16", main],
      ],
      { env: { ...environment(config), PULUMI_NODEJS_TYPESCRIPT: "true" }, stdio: ["ignore", "pipe", "pipe"] },
    ),
  );
}

/** What the CLI makes of `main` in Pulumi.yaml: https://github.com/pulumi/pulumi/blob/v3.248.0/pkg/engine/project.go#L47 */
function launchOf(directory: string): { workingDirectory: string; main: string } {
  const { main } = readProject(directory);
  if (main === undefined) return { workingDirectory: directory, main: "." };
  const target = path.resolve(directory, main);
  if (statSync(target).isDirectory()) return { workingDirectory: target, main: "." };
  return { workingDirectory: path.dirname(target), main: path.basename(target) };
}

/** What the language hosts of all languages set for a program. */
export function environment(config: Record<string, string>): NodeJS.ProcessEnv {
  return {
    PATH: process.env["PATH"],
    HOME: process.env["HOME"],
    PULUMI_CONFIG: JSON.stringify(config),
    PULUMI_CONFIG_SECRET_KEYS: "[]",
  };
}

/** Waits for a program that talks to an engine on loopback. */
export async function runHosted(
  start: (engine: Engine) => ChildProcessByStdio<null, Readable, Readable>,
  construct?: Construct,
): Promise<HostedRun> {
  const engine = await startEngine(construct);
  try {
    const child = start(engine);
    const printed: Buffer[] = [];
    child.stdout.on("data", (data: Buffer) => printed.push(data));
    child.stderr.on("data", (data: Buffer) => printed.push(data));
    const exitCode = await new Promise<number | null>((resolve, reject) =>
      child.on("close", resolve).on("error", reject),
    );
    const { registrations, exports, warnings, logged } = engine;
    const errors = [...logged, Buffer.concat(printed).toString()].join("\n");
    return { exitCode, registrations, exports, warnings, errors };
  } finally {
    engine.stop();
  }
}
