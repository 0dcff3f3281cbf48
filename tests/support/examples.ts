import { readdirSync } from "node:fs";
import Module from "node:module";
import path from "node:path";

import { VideoBatchPipeline, type VideoBatchPipelineArgs } from "../../index";
import { synthesise, synthesiseFolder, type Synthesis } from "../../testing";
import { readProject, runtimeOf } from "./projectFile";

const ROOT = path.join(__dirname, "..", "..");
const EXAMPLES = path.join(ROOT, "examples");
const COMPONENT = "video-batch-pipeline:index:VideoBatchPipeline";

/** What a program without a programming language declares: the component's name and arguments. */
export interface DeclaredPipeline {
  name: string;
  args: VideoBatchPipelineArgs;
}

/** Every example, without the one in Python: `npm run test:engine` shows that it deploys what `examples/yaml` does. */
export function exampleNames(): string[] {
  const entries = readdirSync(EXAMPLES, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return entries
    .map(({ name }) => name)
    .filter((name) => languageOf(name) !== "python")
    .sort();
}

export function languageOf(example: string): string {
  return runtimeOf(readProject(path.join(EXAMPLES, example)));
}

/** What an example in TypeScript or YAML registers. */
export async function synthesiseExample(example: string): Promise<Synthesis> {
  const language = languageOf(example);
  switch (language) {
    case "nodejs":
      return withPackageByName(() => synthesiseFolder(path.join(EXAMPLES, example)));
    case "yaml":
      return synthesiseDeclared(example, yamlExample(example));
    default:
      throw new Error(`Nothing here evaluates examples/${example}, which is written in ${language}.`);
  }
}

/** The pipelines of an example in Pulumi YAML, which has nothing else. */
export function yamlExample(example: string): DeclaredPipeline[] {
  const { resources = {} } = readProject(path.join(EXAMPLES, example));
  return Object.entries(resources).map(([name, { type, properties }]) => {
    if (type !== COMPONENT)
      throw new Error(`${name} of examples/${example} is a ${type}, which nothing here evaluates.`);
    return { name, args: properties };
  });
}

function synthesiseDeclared(project: string, pipelines: DeclaredPipeline[]): Promise<Synthesis> {
  return synthesise(
    () => {
      for (const { name, args } of pipelines) new VideoBatchPipeline(name, args);
    },
    { project, stack: "dev" },
  );
}

/** Projects of others import the package by its name: here, that is this repository. */
async function withPackageByName<T>(evaluate: () => Promise<T>): Promise<T> {
  const modules = Module as unknown as { _resolveFilename: (request: string, ...rest: unknown[]) => string };
  const resolve = modules._resolveFilename;
  modules._resolveFilename = (request, ...rest) =>
    request === "video-batch-pipeline" ? path.join(ROOT, "index.ts") : resolve(request, ...rest);
  try {
    return await evaluate();
  } finally {
    modules._resolveFilename = resolve;
  }
}
