import { existsSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

import { parse } from "yaml";

import { UsageError } from "../../contract/usageError";

/** Where a program begins, and what the CLI makes its working directory. */
export interface ProgramEntry {
  entry: string;
  workingDirectory: string;
}

interface Manifest {
  main?: string;
  exports?: string | null | { "."?: string | null | Record<string, unknown> };
}

/**
 * The file that `pulumi up` would run. With a file as `main` in Pulumi.yaml it is that. Without one, or with a folder, it is
 * the entry of the nearest package from there upwards where that exists, and else the folder's own:
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

/** What `require` loads of a path, which is JavaScript where there is TypeScript too. */
function moduleFile(target: string): string | undefined {
  if (isFile(target)) return target;
  try {
    return createRequire(path.join(target, "noop.js")).resolve(target);
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
  // `main` counts only where there are no exports at all.
  const named = exports === undefined ? main : conditional;
  if (named === undefined) return undefined;
  if (typeof named === "string") return path.join(path.dirname(file), named);
  throw new UsageError(
    `${file} exports ${JSON.stringify(named)}, and Pulumi takes a file only. Name the program in Pulumi.yaml, as in main: index.ts.`,
  );
}

/** An unreadable one names nothing, for Pulumi too. */
function readManifest(file: string): Manifest {
  try {
    return parse(readFileSync(file, "utf8")) as Manifest;
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
