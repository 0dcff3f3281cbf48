import { copyFileSync, mkdirSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import path from "node:path";

/**
 * Gives a clone the packages of the repository. Each is a link of its own: where the lock file has changed, `npm ci` in the clone removes
 * links, and would remove what is behind a link to all of them.
 *
 * @param {string} repository
 * @param {string} clone
 */
export function linkPackages(repository, clone) {
  rmSync(path.join(clone, "node_modules"), { recursive: true, force: true });
  for (const part of ["", ".bin"]) {
    const [from, to] = [repository, clone].map((root) => path.join(root, "node_modules", part));
    mkdirSync(to);
    for (const entry of readdirSync(from, { withFileTypes: true })) {
      // Not a link to what `npm run setup` writes.
      if (entry.isFile()) copyFileSync(path.join(from, entry.name), path.join(to, entry.name));
      else if (entry.name !== ".bin") symlinkSync(path.join(from, entry.name), path.join(to, entry.name));
    }
  }
}
