import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

export type ProgramName = "ffmpeg" | "ffprobe";

/** The environment variable that names a program to use instead of the one on the PATH. */
export function variableOf(program: ProgramName): string {
  return `${program.toUpperCase()}_PATH`;
}

/** The command that starts a program: a path or a name. */
export function commandOf(program: ProgramName): string {
  return process.env[variableOf(program)] || program;
}

/** Finds the path of a command. Returns undefined when there is none. */
export function findCommand(command: string): string | undefined {
  if (command.includes("/")) return isExecutable(command) ? command : undefined;
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.map((folder) => join(folder, command)).find(isExecutable);
}

/** The name of a program in messages: its path, or the command if it was not found. */
export function pathOf(program: ProgramName): string {
  const command = commandOf(program);
  return findCommand(command) ?? command;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
    // eslint-disable-next-line no-restricted-syntax -- the error is the answer
  } catch {
    return false;
  }
}
