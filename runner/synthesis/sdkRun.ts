import { createRequire, Module } from "node:module";
import path from "node:path";

import type * as pulumi from "@pulumi/pulumi";

import type { Program } from "./program";
import { loadSdk } from "./sdk";
import { UsageError } from "../../contract/usageError";

/** The SDK with which Pulumi would run a program, and its function that finds, compiles and loads it. */
export interface ProgramSdk {
  sdk: typeof pulumi;
  /** Loads the program and runs it in a new stack. Returns the stack's outputs. Its compiler is in place when it has started. */
  run: (started: () => void) => Promise<Record<string, unknown> | undefined>;
}

/** `cmd/run/run.js` of the SDK, since 3.0: https://github.com/pulumi/pulumi/blob/v3.248.0/sdk/nodejs/cmd/run/run.ts#L235 */
interface RunModule {
  run: (
    args: { _: string[]; pwd: string },
    programStarted: () => void,
    reportLoggedError: (error: unknown) => void,
    isErrorReported: (error: unknown) => boolean,
  ) => Promise<Record<string, unknown> | undefined>;
}

interface StateModule {
  getStore: () => { settings: { options: { rootDirectory?: string } } };
}

/** The SDK is the one that the language host finds, from the program's working directory. */
export function loadProgramSdk({ directory, workingDirectory, entryPoint }: Program): ProgramSdk {
  const finder = path.join(workingDirectory, "noop.js");
  const load = createRequire(finder);
  const sdk = loadInstalled(() => loadSdk(finder), workingDirectory);
  replaceStart(load.resolve("@pulumi/pulumi/cmd/run"));
  const { run } = load("@pulumi/pulumi/cmd/run/run.js") as RunModule;
  const { getStore } = load("@pulumi/pulumi/runtime/state.js") as StateModule;
  return {
    sdk,
    run: async (started) => {
      getStore().settings.options.rootDirectory = directory;
      try {
        // Whoever calls this reports the errors.
        return await run({ _: [entryPoint], pwd: workingDirectory }, started, nothing, () => true);
      } catch (error) {
        if (!(error instanceof NoProgram)) throw error;
        throw new UsageError(
          `Pulumi finds no program in ${workingDirectory}. Name its file in ${directory}/Pulumi.yaml, as in main: index.ts.`,
        );
      }
    },
  };
}

function nothing(): void {
  // Only the SDK's own start script needs to know what goes on.
}

function loadInstalled<T>(load: () => T, workingDirectory: string): T {
  try {
    return load();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") throw error;
    throw new UsageError(
      `The Pulumi SDK isn't installed for the program in ${workingDirectory}. Run npm install @pulumi/pulumi there.`,
    );
  }
}

class NoProgram extends Error {}

/**
 * `run` imports the script that calls it, which would start a program by this process's arguments. All that it reads there is the
 * exit code for a program that it didn't find and has said so.
 */
function replaceStart(file: string): void {
  if (require.cache[file]) return;
  const start = new Module(file);
  start.loaded = true;
  start.exports = {
    __esModule: true,
    get nodeJSProcessExitedAfterLoggingUserActionableMessage(): never {
      throw new NoProgram();
    },
  };
  require.cache[file] = start;
}
