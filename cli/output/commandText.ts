import path from "node:path";

import { shellWord } from "../../contract/shellWord";

/** Scripts of this repository's package.json that start the command line. */
const SCRIPTS = new Set(["vbp", "demo"]);

/** This program as a shell finds it, called as this process was: by the repository's script, or from the package. */
export function programText(env: NodeJS.ProcessEnv = process.env): string {
  const isScript = env["npm_package_name"] === "video-batch-pipeline" && SCRIPTS.has(env["npm_lifecycle_event"] ?? "");
  return isScript ? "npm run --silent vbp --" : "npx video-batch-pipeline";
}

/** A command of this program to copy into a shell. */
export function commandText(args: readonly string[]): string {
  return [programText(), ...args.map(shellWord)].join(" ");
}

/** The part of a URL in which a user name and a password can be. */
const USER_INFO = /(?<=\/\/)[^/@\s]+(?=@)/g;

/** The command line of this process, for a record that others may read: without passwords. */
export function typedCommand(typed: readonly string[]): string {
  return commandText(typed.map((word) => word.replace(USER_INFO, "***")));
}

/** A path as short as it can be: relative if it is below the working directory. */
export function shortPath(file: string): string {
  const relative = path.relative(process.cwd(), file);
  if (relative === "") return ".";
  return relative.startsWith("..") || path.isAbsolute(relative) ? path.resolve(file) : relative;
}
