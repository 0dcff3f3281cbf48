import { statSync } from "node:fs";
import path from "node:path";

import { UsageError } from "../../contract/usageError";

/** How the Pulumi CLI and its language host for Node.js start the script of the SDK that loads a program. */
export interface Launch {
  /** The folder of `main`, or `main` itself if that is a folder. */
  workingDirectory: string;
  /** A file in the working directory. With `.` the SDK looks for the program itself. */
  entryPoint: string;
  /** Environment variables by which the SDK knows the runtime's options. */
  environment: Record<string, string>;
  /** Arguments of Node.js itself. */
  nodeArguments: string[];
}

/** The parts of a Pulumi.yaml that decide how a program is started. */
export interface LaunchSettings {
  main?: string;
  runtime?: string | { name?: string; options?: Record<string, unknown> };
}

/**
 * Reads what Pulumi.yaml says of starting the program:
 * https://github.com/pulumi/pulumi/blob/v3.248.0/pkg/engine/project.go#L47,
 * https://github.com/pulumi/pulumi/blob/v3.248.0/sdk/nodejs/cmd/pulumi-language-nodejs/main.go#L290
 *
 * @param file The Pulumi.yaml, which errors name.
 */
export function readLaunch(file: string, { main, runtime }: LaunchSettings): Launch {
  const options = (typeof runtime === "object" ? runtime.options : undefined) ?? {};
  const { typescript = true, tsconfig = "", nodeargs = "" } = options;
  if (typeof typescript !== "boolean") throw wrongOption(file, "typescript", "true or false", typescript);
  if (typeof tsconfig !== "string") throw wrongOption(file, "tsconfig", "the path of a file", tsconfig);
  if (typeof nodeargs !== "string") throw wrongOption(file, "nodeargs", "one string", nodeargs);
  return {
    ...readMain(file, main),
    environment: {
      ...(typescript ? { PULUMI_NODEJS_TYPESCRIPT: "true" } : {}),
      ...(tsconfig === "" ? {} : { PULUMI_NODEJS_TSCONFIG_PATH: tsconfig }),
    },
    nodeArguments: splitWords(file, nodeargs),
  };
}

function wrongOption(file: string, option: string, rule: string, value: unknown): UsageError {
  return new UsageError(`runtime.options.${option} in ${file} must be ${rule}. Received ${JSON.stringify(value)}.`);
}

function readMain(file: string, main: string | undefined): Pick<Launch, "workingDirectory" | "entryPoint"> {
  const directory = path.dirname(file);
  if (!main) return { workingDirectory: directory, entryPoint: "." };
  const target = path.resolve(directory, main);
  const found = statSync(target, { throwIfNoEntry: false });
  if (!found) throw new UsageError(`main in ${file} must be the program's file or folder. ${target} doesn't exist.`);
  if (found.isDirectory()) return { workingDirectory: target, entryPoint: "." };
  return { workingDirectory: path.dirname(target), entryPoint: path.basename(target) };
}

const WORD = /(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"'\\])+/g;
const QUOTED = /"((?:\\.|[^"\\])*)"|'([^']*)'|\\(.)/g;

/** Splits as a shell would, without expanding anything: https://pkg.go.dev/github.com/google/shlex */
function splitWords(file: string, text: string): string[] {
  if (text.replace(WORD, "").trim() !== "") throw wrongOption(file, "nodeargs", "words with closed quotes", text);
  return (text.match(WORD) ?? []).map((word) =>
    word.replace(QUOTED, (_, double?: string, single?: string, escaped?: string) =>
      double === undefined ? (single ?? escaped ?? "") : double.replace(/\\(.)/g, "$1"),
    ),
  );
}
