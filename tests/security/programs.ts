import path from "node:path";

import { synthesiseFolder, type Synthesis } from "../../testing";
import { exampleNames, synthesiseExample } from "../support/examples";
import { bundleWorker, IMAGE, synthesisePipeline } from "../support/pipeline";
import { EVERYTHING, EVERYTHING_OF_YOURS, EVERYTHING_ON_EKS, KEY_ON_FARGATE } from "./everything";

const ROOT = path.join(__dirname, "..", "..");

export type Programs = [name: string, synthesis: Synthesis][];

/** Every example, both stacks, no arguments at all, and programs that have everything. */
export function allPrograms(): Promise<Programs> {
  return (made ??= makeAll());
}

let made: Promise<Programs> | undefined;

async function makeAll(): Promise<Programs> {
  bundleWorker();
  const programs: [string, () => Promise<Synthesis>][] = [
    ...exampleNames().map((name): [string, () => Promise<Synthesis>] => [
      `example ${name}`,
      () => synthesiseExample(name),
    ]),
    ["stack dev", () => synthesiseFolder(ROOT, "dev")],
    ["stack prod", () => synthesiseFolder(ROOT, "prod")],
    ["no arguments", () => synthesisePipeline({ image: IMAGE })],
    ["everything", () => synthesisePipeline(EVERYTHING)],
    ["everything of yours", () => synthesisePipeline(EVERYTHING_OF_YOURS)],
    ["everything on EKS", () => synthesisePipeline(EVERYTHING_ON_EKS)],
    ["a key on Fargate", () => synthesisePipeline(KEY_ON_FARGATE)],
  ];
  const all: Programs = [];
  // Pulumi's settings are those of the process: one at a time.
  for (const [name, make] of programs) all.push([name, await make()]);
  return all;
}
