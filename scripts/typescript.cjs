// Preloaded with `node -r`: runs TypeScript from its sources. esbuild compiles a file of this repository once and keeps the
// result in node_modules/.cache until the file changes: compiling them all takes longer than most commands.
const { createHash } = require("node:crypto");
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const { Module } = require("node:module");
const path = require("node:path");

const root = path.resolve(__dirname, "..");
const cache = path.join(root, "node_modules", ".cache", "video-batch-pipeline");
const options = { loader: "ts", format: "cjs", target: "node20.19", sourcemap: "inline", sourcesContent: false };
/** Whatever else the result depends on. */
const compiler = `${JSON.stringify(options)} ${require("esbuild/package.json").version}`;

Module._extensions[".ts"] = (module, file) => {
  const source = readFileSync(file, "utf8");
  module._compile(isOurs(file) ? cached(source, file) : compile(source, file), file);
};
process.setSourceMapsEnabled(true);

/** Programs from elsewhere, such as those that tests write into temporary folders, would pile up in the cache. */
function isOurs(file) {
  const inside = path.relative(root, file);
  return !inside.startsWith("..") && !path.isAbsolute(inside) && !inside.includes("node_modules");
}

/** One entry a file, whose last line says what it was compiled from. */
function cached(source, file) {
  const from = `\n// ${hash(`${compiler}\n${source}`)}\n`;
  const entry = path.join(cache, `${hash(path.relative(root, file))}.js`);
  const kept = readIfThere(entry);
  if (kept?.endsWith(from)) return kept;
  const compiled = compile(source, file) + from;
  mkdirSync(cache, { recursive: true });
  // Renamed when whole: several processes may compile the same file at once.
  const partial = `${entry}.${process.pid}`;
  writeFileSync(partial, compiled);
  renameSync(partial, entry);
  return compiled;
}

function compile(source, file) {
  return require("esbuild").transformSync(source, { ...options, sourcefile: file }).code;
}

function readIfThere(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function hash(text) {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
