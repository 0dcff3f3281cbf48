import { spawn, type ChildProcess } from "node:child_process";
import path from "node:path";
import { PassThrough } from "node:stream";

import { commandLine } from "../../cli/commandLine";

export const ROOT = path.resolve(__dirname, "../..");

export interface CommandResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Starts the command line as a process of its own, without a terminal. */
export function startCli(
  args: string[],
  env: NodeJS.ProcessEnv = process.env,
): { child: ChildProcess; result: Promise<CommandResult> } {
  const child = spawn(
    process.execPath,
    ["-r", path.join(ROOT, "scripts", "ts-node.cjs"), path.join(ROOT, "cli", "main.ts"), ...args],
    { cwd: ROOT, env, stdio: ["ignore", "pipe", "pipe"] },
  );
  const printed = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (printed.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (printed.stderr += text));
  const result = new Promise<CommandResult>((resolve, reject) =>
    child.on("error", reject).on("close", (code) => resolve({ code, ...printed })),
  );
  return { child, result };
}

/** Runs the command line in this process, with `cwd` as its working directory: a second or two faster than a process. */
export async function cli(args: string[], cwd = ROOT): Promise<CommandResult> {
  const stdout = new PassThrough().setEncoding("utf8");
  const stderr = new PassThrough().setEncoding("utf8");
  const before = process.cwd();
  process.chdir(cwd);
  try {
    const code = await commandLine(args, { stdout, stderr });
    return { code, stdout: (stdout.read() as string | null) ?? "", stderr: (stderr.read() as string | null) ?? "" };
  } finally {
    process.chdir(before);
  }
}
