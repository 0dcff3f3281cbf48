import { readFileSync } from "node:fs";
import path from "node:path";

import { parse } from "yaml";

/** What the tests read of a Pulumi.yaml. */
export interface ProjectFile {
  name: string;
  runtime: string | { name: string };
  main?: string;
  packages?: Record<string, string>;
  resources?: Record<string, { type: string; properties: Record<string, unknown> }>;
}

export function readProject(folder: string): ProjectFile {
  return parse(readFileSync(path.join(folder, "Pulumi.yaml"), "utf8")) as ProjectFile;
}

export function runtimeOf({ runtime }: ProjectFile): string {
  return typeof runtime === "string" ? runtime : runtime.name;
}
