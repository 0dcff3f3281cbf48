import { statSync } from "node:fs";

import { UsageError } from "../../contract/usageError";
import type { LocalFunction } from "../lambda/function";
import type { Synthesis, SynthesisedResource } from "./synthesis";

const FUNCTION = "aws:lambda/function:Function";

/** Settings without a value in the program, as Lambda chooses them. */
const DEFAULTS = { timeout: 3, memorySize: 128 };

/**
 * The program's Lambda functions that run on this machine. Throws a `UsageError` for one that doesn't, if the definition of a state machine
 * names it.
 */
export function readFunctions({ resources }: Synthesis, definition: unknown): LocalFunction[] {
  const text = JSON.stringify(definition);
  return resources
    .filter(({ type }) => type === FUNCTION)
    .flatMap((resource) => {
      const problem = findProblem(resource);
      if (problem === undefined) return [readFunction(resource)];
      const calls = [resource.outputs["arn"], resource.outputs["name"]].map(
        (name) => `"FunctionName":"${String(name)}`,
      );
      // A colon stands before a version.
      if (calls.some((call) => text.includes(`${call}"`) || text.includes(`${call}:`))) throw new UsageError(problem);
      return [];
    });
}

function findProblem({ name, inputs: { code, runtime, packageType } }: SynthesisedResource): string | undefined {
  if (typeof runtime !== "string" || !/^nodejs\d+\.x$/.test(runtime)) {
    const received = packageType === "Image" ? "a container image" : JSON.stringify(runtime);
    return `Lambda function ${name} must have a runtime of Node.js, such as nodejs22.x, to run here. Received ${received}.`;
  }
  if (typeof code === "string" && isFolder(code)) return undefined;
  return `The code of Lambda function ${name} must be a folder, as in new pulumi.asset.FileArchive("./function"), to run here. Received ${JSON.stringify(code)}.`;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function readFunction({ inputs, outputs }: SynthesisedResource): LocalFunction {
  const { timeout, memorySize } = { ...DEFAULTS, ...inputs };
  const { variables = {} } = (inputs["environment"] ?? {}) as { variables?: Record<string, string> };
  return {
    arn: String(outputs["arn"]),
    name: String(outputs["name"]),
    code: String(inputs["code"]),
    handler: String(inputs["handler"]),
    runtime: String(inputs["runtime"]),
    versions: inputs["publish"] === true ? ["1"] : [],
    timeoutSeconds: Number(timeout),
    memoryMiB: Number(memorySize),
    environment: variables,
  };
}
