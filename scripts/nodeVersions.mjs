// The major versions of Node.js that are supported, and where their programs are. Versions other than the current one are installed from
// npm packages, and kept in node_modules/.cache.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const windows = process.platform === "win32";

export const NODES = ["20", "22", "24"];

/** The path of Node.js in a major version. Throws an error if it can't be installed. */
export function nodeOf(major) {
  if (process.versions.node.split(".")[0] === major) return process.execPath;
  const name = `node-${windows ? "win" : process.platform}-${process.arch}`;
  const folder = path.join(root, "node_modules", ".cache", `${name}-${major}`);
  if (!existsSync(folder)) install(`${name}@${major}`, folder);
  return path.join(folder, "node_modules", name, "bin", windows ? "node.exe" : "node");
}

/** Installs a package into a folder, which appears only once it is complete: other processes may install it at the same time. */
function install(wanted, folder) {
  mkdirSync(path.dirname(folder), { recursive: true });
  const scratch = mkdtempSync(`${folder}-`);
  try {
    const args = ["install", "--prefix", scratch, "--no-save", "--no-audit", "--no-fund", wanted];
    const { status } = spawnSync("npm", args, { stdio: ["ignore", 2, 2], shell: windows });
    if (status !== 0) throw new Error(`${wanted} could not be installed with: npm ${args.join(" ")}`);
    renameSync(scratch, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** An environment in which programs are found in these folders first. Node.js 22 and later keeps what it has compiled. */
export function withPath(...folders) {
  const compiled = path.join(root, "node_modules", ".cache", "node");
  return { ...process.env, NODE_COMPILE_CACHE: compiled, PATH: [...folders, process.env.PATH].join(path.delimiter) };
}
