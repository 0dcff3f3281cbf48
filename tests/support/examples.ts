import { readdirSync, readFileSync } from "node:fs";
import Module from "node:module";
import path from "node:path";

import { parse } from "yaml";

import { VideoBatchPipeline, type VideoBatchPipelineArgs } from "../../index";
import { synthesise, synthesiseFolder, type Synthesis } from "../../testing";
import { resourcesOfPython } from "./pythonProgram";

const ROOT = path.join(__dirname, "..", "..");
const EXAMPLES = path.join(ROOT, "examples");
const COMPONENT = "video-batch-pipeline:index:VideoBatchPipeline";

/** What a program in another language declares: the component's name and arguments in our own spelling. */
export interface DeclaredPipeline {
  name: string;
  args: VideoBatchPipelineArgs;
}

/** Every folder of `examples/`. */
export function exampleNames(): string[] {
  const entries = readdirSync(EXAMPLES, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
}

/** What an example registers, whatever it is written in. */
export async function synthesiseExample(example: string): Promise<Synthesis> {
  const folder = path.join(EXAMPLES, example);
  const { runtime } = parse(readFileSync(path.join(folder, "Pulumi.yaml"), "utf8")) as {
    runtime: string | { name: string };
  };
  const language = typeof runtime === "string" ? runtime : runtime.name;
  switch (language) {
    case "nodejs":
      return withPackageByName(() => synthesiseFolder(folder));
    case "yaml":
      return synthesiseDeclared(example, yamlExample(example));
    case "python":
      return synthesiseDeclared(example, pythonExample(example));
    default:
      throw new Error(`Nothing here evaluates examples/${example}, which is written in ${language}.`);
  }
}

/** The pipelines of an example in Pulumi YAML, which has nothing else. */
export function yamlExample(example: string): DeclaredPipeline[] {
  const text = readFileSync(path.join(EXAMPLES, example, "Pulumi.yaml"), "utf8");
  const { resources } = parse(text) as {
    resources: Record<string, { type: string; properties: VideoBatchPipelineArgs }>;
  };
  return Object.entries(resources).map(([name, { type, properties }]) => {
    if (type !== COMPONENT)
      throw new Error(`${name} of examples/${example} is a ${type}, which nothing here evaluates.`);
    return { name, args: properties };
  });
}

/** The pipelines of an example in Python, which has nothing else. */
export function pythonExample(example: string): DeclaredPipeline[] {
  const text = readFileSync(path.join(EXAMPLES, example, "__main__.py"), "utf8");
  return resourcesOfPython(text).map(({ class: type, name, args }) => {
    if (type !== "vbp.VideoBatchPipeline") {
      throw new Error(`${name} of examples/${example} is a ${type}, which nothing here evaluates.`);
    }
    return { name, args: args };
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
