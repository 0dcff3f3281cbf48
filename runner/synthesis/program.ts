import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { parse } from "yaml";

import { stackConfiguration, type ConfigurationSchema } from "./configuration";
import { readLaunch, type Launch, type LaunchSettings } from "./launch";
import { suggestion } from "../../contract/nearest";
import { UsageError } from "../../contract/usageError";

/** A Pulumi program on disk with a stack's configuration. */
export interface Program extends Launch {
  /** Folder of Pulumi.yaml. */
  directory: string;
  project: string;
  stack: string;
  config: Record<string, string>;
  secretKeys: string[];
}

export interface ProgramSelection {
  /** Folder of the program, or a folder below it. */
  directory: string;
  /** Name of the stack. Defaults to `dev`, with its configuration if there is one. */
  stack?: string;
}

interface ProjectFile extends LaunchSettings {
  name?: string;
  config?: ConfigurationSchema;
}

/** The nearest folder from `directory` upwards that contains a Pulumi.yaml. */
export function findProject(directory: string): string | undefined {
  if (!existsSync(directory)) {
    throw new UsageError(`The program's folder ${path.resolve(directory)} doesn't exist.`);
  }
  for (let folder = path.resolve(directory); ; folder = path.dirname(folder)) {
    if (projectFile(folder)) return folder;
    if (folder === path.dirname(folder)) return undefined;
  }
}

function projectFile(folder: string): string | undefined {
  return ["Pulumi.yaml", "Pulumi.yml"].map((name) => path.join(folder, name)).find((file) => existsSync(file));
}

/** Reads Pulumi.yaml and the stack's configuration, as the Pulumi CLI does before it starts a program. */
export function loadProgram(selection: ProgramSelection): Program {
  const directory = findProject(selection.directory);
  if (!directory) {
    throw new UsageError(
      `There is no Pulumi.yaml in ${path.resolve(selection.directory)} or above it. Pass the program's folder with --program.`,
    );
  }
  const file = projectFile(directory)!;
  const project = readYaml<ProjectFile>(file);
  const name = project.name ?? path.basename(directory);
  const runtime = typeof project.runtime === "string" ? project.runtime : project.runtime?.name;
  if (runtime !== "nodejs") {
    throw new UsageError(
      `Only Node.js programs can be evaluated here. ${file} has runtime ${String(runtime)}. Show what it deploys with \`pulumi preview\`.`,
    );
  }
  const launch = readLaunch(file, project);
  const stack = selection.stack ?? "dev";
  const stackFile = findStackFile(directory, stack);
  if (!stackFile && selection.stack !== undefined) {
    const known = stacksOf(directory);
    const remedy = known.length === 0 ? "Create that file, or leave out --stack." : suggestion(stack, known);
    throw new UsageError(`There is no stack ${stack} in ${directory}: it has no Pulumi.${stack}.yaml. ${remedy}`);
  }
  const values = stackFile ? (readYaml<{ config?: Record<string, unknown> }>(stackFile).config ?? {}) : {};
  const { config, secretKeys, problems } = stackConfiguration(name, stack, project.config ?? {}, values);
  if (problems.length > 0) throw new UsageError(problems.join("\n"));
  return { directory, project: name, stack, ...launch, config, secretKeys };
}

/** The stacks that have a configuration in a folder. */
function stacksOf(directory: string): string[] {
  return readdirSync(directory)
    .flatMap((file) => /^Pulumi\.(.+)\.ya?ml$/.exec(file)?.[1] ?? [])
    .sort();
}

function findStackFile(directory: string, stack: string): string | undefined {
  return [`Pulumi.${stack}.yaml`, `Pulumi.${stack}.yml`]
    .map((file) => path.join(directory, file))
    .find((file) => existsSync(file));
}

function readYaml<T>(file: string): T {
  try {
    return (parse(readFileSync(file, "utf8")) ?? {}) as T;
  } catch (error) {
    throw new UsageError(`${file} isn't valid YAML: ${(error as Error).message}`);
  }
}
