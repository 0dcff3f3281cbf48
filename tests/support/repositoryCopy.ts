import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { bundleWorker } from "./pipeline";

const ROOT = path.resolve(__dirname, "../..");
/** What no program is made of, and what others than git brought here. */
const LEFT_OUT = [".git", "bin", "node_modules", "out", "sdks", "tests", "venv"];

/** The repository in a folder of its own, as a clone without `bin/`, whatever there is in the developer's. */
export interface RepositoryCopy {
  directory: string;
  remove: () => void;
}

export function copyRepository(): RepositoryCopy {
  bundleWorker();
  const directory = realpathSync(mkdtempSync(path.join(tmpdir(), "repository-")));
  // Copies and not links: Node.js takes a linked file for the one that it links to, beside the developer's own bin/.
  cpSync(ROOT, directory, { recursive: true, filter: (source) => !LEFT_OUT.includes(path.basename(source)) });
  symlinkSync(path.join(ROOT, "node_modules"), path.join(directory, "node_modules"));
  return { directory, remove: () => rmSync(directory, { recursive: true, force: true }) };
}
