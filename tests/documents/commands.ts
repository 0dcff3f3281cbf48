import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { ROOT } from "../support/commandLine";

/** Documents whose commands begin in the root of the repository. */
export const DOCUMENTS = [
  "README.md",
  ...documentsIn("docs"),
  "examples/tutorial/README.md",
  "examples/event-bus/README.md",
  "examples/express-ingest/README.md",
  "examples/mediaconvert/README.md",
];

/** Documents whose commands have suites of their own, which run them where the example is. */
export const EXAMPLES = readdirSync(path.join(ROOT, "examples"))
  .map((name) => `examples/${name}/README.md`)
  .filter((file) => existsSync(path.join(ROOT, file)) && !DOCUMENTS.includes(file));

/** A part of a document between two fences. */
export interface Block {
  document: string;
  /** Of the opening fence, from 1. */
  line: number;
  language: string;
  lines: string[];
}

/**
 * Who executes a command as it stands: the suites on Pulumi's engine, `.ci/run`, or a reader on a clone with AWS on loopback. The document
 * says of a manual one what it needs that no test has: `docker build . # needs Docker`.
 */
export type Executor = "engine" | "ci" | "reader" | "manual";

function documentsIn(folder: string): string[] {
  const names = readdirSync(path.join(ROOT, folder)).filter((name) => name.endsWith(".md"));
  return names.map((name) => path.join(folder, name));
}

export function blocksIn(document: string): Block[] {
  const blocks: Block[] = [];
  let open: Block | undefined;
  for (const [index, line] of readFileSync(path.join(ROOT, document), "utf8").split("\n").entries()) {
    if (!line.startsWith("```")) open?.lines.push(line);
    else if (open) open = undefined;
    else blocks.push((open = { document, line: index + 1, language: line.slice(3), lines: [] }));
  }
  return blocks;
}

/** The commands of each block for a shell, without comments of their own line. */
export function commandBlocks(document: string): string[][] {
  return blocksIn(document)
    .filter(({ language }) => language === "sh")
    .map(({ lines }) => lines.filter((line) => line.trim() !== "" && !line.startsWith("#")));
}

export function executorOf(command: string): Executor {
  if (/ # needs \w/.test(command)) return "manual";
  if (/^(npx )?pulumi /.test(command)) return "engine";
  return command === "npm test" ? "ci" : "reader";
}
