// The major versions of Node.js that are supported, and where their programs are. Versions other than the current one are installed from
// npm packages, and kept in node_modules/.cache.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const windows = process.platform === "win32";

export const NODES = ["20", "22", "24"];

/** The path of Node.js in a major version. Throws an error if it can't be installed. */
export function nodeOf(major) {
  if (process.versions.node.split(".")[0] === major) return process.execPath;
  const name = `node-${windows ? "win" : process.platform}-${process.arch}`;
  const folder = path.join(root, "node_modules", ".cache", `node-${major}`);
  const node = path.join(folder, "node_modules", name, "bin", windows ? "node.exe" : "node");
  if (existsSync(node)) return node;
  mkdirSync(folder, { recursive: true });
  const install = ["install", "--prefix", folder, "--no-save", "--no-audit", "--no-fund", `${name}@${major}`];
  const { status } = spawnSync("npm", install, { stdio: ["ignore", 2, 2], shell: windows });
  if (status !== 0 || !existsSync(node))
    throw new Error(`Node ${major} could not be installed with: npm ${install.join(" ")}`);
  return node;
}

/** An environment in which programs are found in these folders first. Node.js 22 and later keeps what it has compiled. */
export function withPath(...folders) {
  const compiled = path.join(root, "node_modules", ".cache", "node");
  return { ...process.env, NODE_COMPILE_CACHE: compiled, PATH: [...folders, process.env.PATH].join(path.delimiter) };
}
