import { spawn, type ChildProcessByStdio } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import type { Readable } from "node:stream";

import { loadProgram } from "../../runner/synthesis/program";
import { startEngine, type Engine, type EngineSettings, type RecordedRegistration } from "./engine";

export interface HostedRun {
  exitCode: number | null;
  registrations: RecordedRegistration[];
  /** What the stack exports. */
  exports: Record<string, unknown>;
  /** What the program logged as an error, and what it printed. */
  errors: string;
  warnings: string[];
}

/** Runs the program of a folder with the script that the Pulumi CLI's language host starts. Nothing of ours loads it. */
export function runNodeProgram(directory: string, stack?: string): Promise<HostedRun> {
  const program = loadProgram({ directory, stack });
  const { config, workingDirectory, entryPoint } = program;
  // The program's own copy of the SDK, as the language host looks for it.
  const run = createRequire(path.join(workingDirectory, "noop.js")).resolve("@pulumi/pulumi/cmd/run");
  const settings = { project: program.project, stack: program.stack, region: config["aws:region"], supports: asMocks };
  const flags = {
    "project": program.project,
    "stack": program.stack,
    "root-directory": program.directory,
    "organization": "organization",
    "pwd": workingDirectory,
    "parallel": "16",
  };
  const given = Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, value]);
  return runHosted(
    ({ address }) =>
      spawn(
        process.execPath,
        [...program.nodeArguments, run, "--monitor", address, "--engine", address, ...given, entryPoint],
        {
          cwd: workingDirectory,
          env: { ...environment(config, program.secretKeys), ...program.environment },
          stdio: ["ignore", "pipe", "pipe"],
        },
      ),
    settings,
  );
}

/** What the SDK's mocks say that they support, so that both get the same requests. */
function asMocks(feature: string): boolean {
  return !["outputValues", "invokeTransforms"].includes(feature);
}

/** What the language hosts of all languages set for a program. */
function environment(config: Record<string, string>, secretKeys: string[] = []): NodeJS.ProcessEnv {
  return {
    PATH: process.env["PATH"],
    HOME: process.env["HOME"],
    PULUMI_CONFIG: JSON.stringify(config),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(secretKeys),
  };
}

/** Waits for a program that talks to an engine on loopback. */
async function runHosted(
  start: (engine: Engine) => ChildProcessByStdio<null, Readable, Readable>,
  settings: EngineSettings,
): Promise<HostedRun> {
  const engine = await startEngine(settings);
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
