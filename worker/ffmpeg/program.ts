import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

export type ProgramName = "ffmpeg" | "ffprobe";

/** The environment variable that names a program which is not on the PATH. */
export function variableOf(program: ProgramName): string {
  return `${program.toUpperCase()}_PATH`;
}

/** What is started for a program. */
export function commandOf(program: ProgramName): string {
  return process.env[variableOf(program)] || program;
}

/** Where a command is. Nothing when it is not there. */
export function findCommand(command: string): string | undefined {
  if (command.includes("/")) return isExecutable(command) ? command : undefined;
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.map((folder) => join(folder, command)).find(isExecutable);
}

/** As people know it: its path, or what it was looked for as. */
export function pathOf(program: ProgramName): string {
  const command = commandOf(program);
  return findCommand(command) ?? command;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
