import { closeSync, fstatSync, openSync, readSync } from "node:fs";

import { isProgressLine } from "../batch/launchers/attemptLog";

const MAX_BYTES = 8_192;
const MAX_LINES = 6;

/** The last lines of a log, without progress lines: none if there is no log, and why if it can't be read. */
export function logTail(path: string): string[] {
  try {
    return lastLines(readEnd(path));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === "ENOENT" ? [] : [`The log can't be read: ${message}.`];
  }
}

/** The last lines of a log's text, without progress lines. */
export function lastLines(text: string): string[] {
  const lines = text.split(/[\r\n]+/).map((line) => line.trimEnd());
  return lines.filter((line) => line !== "" && !isProgressLine(line)).slice(-MAX_LINES);
}

function readEnd(path: string): string {
  const file = openSync(path, "r");
  try {
    const { size } = fstatSync(file);
    const buffer = Buffer.alloc(Math.min(size, MAX_BYTES));
    readSync(file, buffer, 0, buffer.length, size - buffer.length);
    const text = buffer.toString("utf8");
    // Skips the partial line at the start.
    return size > MAX_BYTES ? text.slice(text.indexOf("\n") + 1) : text;
  } finally {
    closeSync(file);
  }
}
