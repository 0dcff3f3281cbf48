import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { types } from "node:util";

import { parse } from "yaml";

/** This package. When published it is in node_modules, except if it is linked; in its repository it is beside its programs. */
const OURS = path.resolve(__dirname, "../..") + path.sep;
const PACKAGES = `${path.sep}node_modules${path.sep}`;

/**
 * Takes a program's modules out of the cache while it is evaluated, because they register its resources when they are loaded.
 * Afterwards it puts back the caller's. Packages stay loaded.
 */
export async function withFreshModules<T>(workingDirectory: string, use: () => Promise<T>): Promise<T> {
  const callers = takeModules(workingDirectory);
  try {
    return await use();
  } finally {
    if (takeModules(workingDirectory).some(isOrLoadsEsModule)) withEsModules.add(workingDirectory);
    for (const [file, module] of callers) require.cache[file] = module;
  }
}

const withEsModules = new Set<string>();

/** Node.js never loads an ES module a second time, so a program that has some can't be evaluated a second time in one process. */
export function hasLoadedEsModules(workingDirectory: string): boolean {
  return withEsModules.has(workingDirectory);
}

function takeModules(workingDirectory: string): [file: string, module: NodeJS.Module][] {
  const taken = Object.entries(require.cache).filter(
    (entry): entry is [string, NodeJS.Module] => entry[1] !== undefined && isProgramFile(workingDirectory, entry[0]),
  );
  for (const [file] of taken) delete require.cache[file];
  return taken;
}

function isProgramFile(workingDirectory: string, file: string): boolean {
  const below = path.relative(workingDirectory, file);
  if (!below.startsWith("..") && !path.isAbsolute(below)) return !(path.sep + below).includes(PACKAGES);
  return !file.includes(PACKAGES) && !file.startsWith(OURS);
}

/** A loaded CommonJS module that is, or may load, an ES module. Node.js does not tell of the latter. */
function isOrLoadsEsModule([file, { exports }]: [string, NodeJS.Module]): boolean {
  if (types.isModuleNamespaceObject(exports)) return true;
  return /\.c?[jt]sx?$/.test(file) && /\bimport\s*\(/.test(readFileSync(file, "utf8"));
}

/** Whether the nearest package manifest, from the folder upwards, makes its JavaScript ES modules. */
export function isEsPackage(folder: string): boolean {
  const manifest = ["package.json", "package.yaml"]
    .map((name) => path.join(folder, name))
    .find((file) => existsSync(file));
  if (manifest === undefined) return folder !== path.dirname(folder) && isEsPackage(path.dirname(folder));
  try {
    return (parse(readFileSync(manifest, "utf8")) as { type?: unknown } | null)?.type === "module";
    // eslint-disable-next-line no-restricted-syntax -- the SDK takes an unreadable manifest for an empty one
  } catch {
    return false;
  }
}
