import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

import { register } from "esbuild-register/dist/node";
import { parse } from "yaml";

import { stackConfiguration, type ConfigurationSchema } from "./configuration";
import { resolveEntry } from "./programEntry";
import { loadSdk } from "./sdk";
import { synthesise, type Synthesis } from "./synthesis";
import { UsageError } from "../../contract/usageError";

/** A Pulumi program on disk with a stack's configuration. */
export interface Program {
  /** Folder of Pulumi.yaml. */
  directory: string;
  project: string;
  stack: string;
  /** Main file of the program. */
  entry: string;
  /** The working directory that the CLI sets: the folder of `main` if that is a file. */
  workingDirectory: string;
  config: Record<string, string>;
  secretKeys: string[];
}

export interface ProgramSelection {
  /** Folder of the program, or a folder below it. */
  directory: string;
  /** Name of the stack. Defaults to `dev`, with its configuration if that exists. */
  stack?: string;
}

interface ProjectFile {
  name?: string;
  runtime?: string | { name?: string };
  main?: string;
  config?: ConfigurationSchema;
}

/** The nearest folder from `directory` upwards that contains a Pulumi.yaml. */
export function findProject(directory: string): string | undefined {
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
  const project = readYaml<ProjectFile>(projectFile(directory)!);
  const name = project.name ?? path.basename(directory);
  const runtime = typeof project.runtime === "string" ? project.runtime : project.runtime?.name;
  if (runtime !== "nodejs") {
    throw new UsageError(
      `Only Node.js programs can be evaluated here. ${projectFile(directory)} has runtime ${String(runtime)}.`,
    );
  }
  const { entry, workingDirectory } = resolveEntry(directory, project.main);
  const stack = selection.stack ?? "dev";
  const stackFile = findStackFile(directory, stack);
  if (!stackFile && selection.stack !== undefined) {
    throw new UsageError(`There is no stack ${stack} in ${directory}: it has no Pulumi.${stack}.yaml.`);
  }
  const values = stackFile ? (readYaml<{ config?: Record<string, unknown> }>(stackFile).config ?? {}) : {};
  const { config, secretKeys, problems } = stackConfiguration(name, stack, project.config ?? {}, values);
  if (problems.length > 0) throw new UsageError(problems.join("\n"));
  return { directory, project: name, stack, entry, workingDirectory, config, secretKeys };
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
    throw new UsageError(`${file} is not valid YAML: ${(error as Error).message}`);
  }
}

/** Evaluates the program as the CLI would run it, in its working directory and with its own copy of the SDK. */
export async function synthesiseProgram(program: Program): Promise<Synthesis> {
  const load = createRequire(program.entry);
  registerTypeScript(program.entry);
  unloadModules(program.workingDirectory);
  unloadModules(path.dirname(program.entry));
  const before = process.cwd();
  process.chdir(program.workingDirectory);
  try {
    return await synthesise(() => runMain(load(program.entry)), {
      project: program.project,
      stack: program.stack,
      config: program.config,
      secretKeys: program.secretKeys,
      sdk: loadSdk(program.entry),
    });
  } finally {
    process.chdir(before);
  }
}

/** The outputs that a program exports, directly or as a function that returns them. */
function runMain(module: unknown): unknown {
  const exported =
    typeof module === "object" && module !== null && "default" in module && typeof module.default === "function"
      ? module.default
      : module;
  return typeof exported === "function" ? (exported as () => unknown)() : exported;
}

const OURS = path.resolve(__dirname, "../..") + path.sep;

/** When published, our files are JavaScript. In our repository, a compiler for them and its programs is already in place. */
const isOurs = (file: string): boolean => file.startsWith(OURS);

let compiles = false;

function registerTypeScript(entry: string): void {
  if (compiles || isOurs(entry)) return;
  register({ target: `node${process.versions.node}`, hookMatcher: (file) => !isOurs(file) });
  compiles = true;
}

/** Modules register a program's resources when they are loaded, so a second evaluation must load them again. */
function unloadModules(directory: string): void {
  for (const file of Object.keys(require.cache)) {
    const inside = !path.relative(directory, file).startsWith("..");
    if (inside && !file.includes(`${path.sep}node_modules${path.sep}`)) delete require.cache[file];
  }
}
