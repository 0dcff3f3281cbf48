import { existsSync } from "node:fs";
import path from "node:path";

/** A program that some tests need and the product doesn't. */
interface Program {
  name: string;
  /** What needs it, and where to get it. */
  why: string;
}

export const AWS_CLI: Program = {
  name: "aws",
  why: "The documents' commands of the AWS CLI need it. Install it: https://aws.amazon.com/cli.",
};
export const SCRIPT: Program = {
  name: "script",
  why: "The recording needs the program of util-linux, which gives a command a terminal.",
};

/** Skips a test without a program, which not everybody has, and says so; fails it in CI. */
export function requireProgram(
  test: { skip: () => never },
  { name, why }: Program,
  env: NodeJS.ProcessEnv = process.env,
  say: (line: string) => void = (line) => process.stderr.write(line),
): void {
  const folders = (env["PATH"] ?? "").split(path.delimiter);
  if (folders.some((folder) => existsSync(path.join(folder, name)))) return;
  const message = `${name} is not on the PATH. ${why}`;
  if (env["CI"] === "true") throw new Error(message);
  say(`Skipped: ${message}\n`);
  test.skip();
}
