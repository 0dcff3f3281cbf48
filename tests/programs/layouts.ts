import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { THING } from "./things";

/** Files by their path. The program is in `infra/`. Program files without text register one thing. */
export type Files = Record<string, string>;

/** Passes the folder that the files are in. */
export async function withLayout(files: Files, use: (directory: string) => Promise<void> | void): Promise<void> {
  const directory = realpathSync(mkdtempSync(path.join(tmpdir(), "layout-")));
  try {
    symlinkSync(path.resolve(__dirname, "../../node_modules"), path.join(directory, "node_modules"));
    for (const [name, text] of Object.entries(files)) write(path.join(directory, name), text);
    await use(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function write(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(
    file,
    path.basename(file) === "Pulumi.yaml" ? project(text) : text || (THING[path.extname(file)] ?? ""),
  );
}

function project(text: string): string {
  return ["name: demo", ...(text.includes("runtime:") ? [] : ["runtime: nodejs"]), text].join("\n");
}
