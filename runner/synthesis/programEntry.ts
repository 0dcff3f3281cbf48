import { existsSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

import { parse } from "yaml";

import { UsageError } from "../../contract/usageError";

/** The main file of a program, and the working directory that the CLI sets. */
export interface ProgramEntry {
  entry: string;
  workingDirectory: string;
}

interface Manifest {
  main?: string;
  exports?: string | null | { "."?: string | null | Record<string, unknown> };
}

/**
 * The file that `pulumi up` would run. If `main` in Pulumi.yaml is a file, it is that file. If `main` is absent or a folder, it is
 * the entry of the nearest package from there upwards, or the folder's own entry if that file does not exist:
 * https://github.com/pulumi/pulumi/blob/v3.248.0/sdk/nodejs/cmd/run/run.ts
 */
export function resolveEntry(directory: string, main = "."): ProgramEntry {
  const target = path.resolve(directory, main);
  if (isFile(target)) return { entry: target, workingDirectory: path.dirname(target) };
  const named = packageEntry(target);
  const entry = moduleFile(named !== undefined && existsSync(named) ? named : target);
  if (entry === undefined) {
    throw new UsageError(
      `The program of ${directory} was not found: ${target} has no index.ts, index.js or package main.`,
    );
  }
  return { entry, workingDirectory: target };
}

/** The file that `require` loads for a path. It prefers JavaScript over TypeScript. */
function moduleFile(target: string): string | undefined {
  if (isFile(target)) return target;
  try {
    return createRequire(path.join(target, "noop.js")).resolve(target);
    // eslint-disable-next-line no-restricted-syntax -- the caller says that there is no program
  } catch {
    const typescript = path.join(target, "index.ts");
    return isFile(typescript) ? typescript : undefined;
  }
}

function packageEntry(directory: string): string | undefined {
  const file = nearestManifest(directory);
  if (file === undefined) return undefined;
  const { main, exports } = readManifest(file);
  const exported = typeof exports === "object" ? exports?.["."] : exports;
  const conditional =
    typeof exported === "object" ? (exported?.["default"] ?? exported?.["require"] ?? exported?.["import"]) : exported;
  // `main` counts only if there are no exports.
  const named = exports === undefined ? main : conditional;
  if (named === undefined) return undefined;
  if (typeof named === "string") return path.join(path.dirname(file), named);
  throw new UsageError(
    `${file} exports ${JSON.stringify(named)}, but Pulumi needs a file. Name the program in Pulumi.yaml, as in main: index.ts.`,
  );
}

/** Reads a package manifest. An unreadable one counts as empty. */
function readManifest(file: string): Manifest {
  try {
    return parse(readFileSync(file, "utf8")) as Manifest;
    // eslint-disable-next-line no-restricted-syntax -- as Pulumi does it
  } catch {
    return {};
  }
}

function nearestManifest(directory: string): string | undefined {
  const files = ["package.json", "package.yaml"].map((name) => path.join(directory, name));
  const found = files.find(isFile);
  if (found !== undefined || directory === path.dirname(directory)) return found;
  return nearestManifest(path.dirname(directory));
}

function isFile(file: string): boolean {
  return existsSync(file) && statSync(file).isFile();
}
