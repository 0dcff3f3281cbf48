// Preloaded with `node -r`: runs the TypeScript of this repository, from any folder. Programs outside it are left to the command
// line, which evaluates them just as the published one does. What is compiled is kept: tests start hundreds of processes, of which each
// would compile hundreds of files.
const { Buffer } = require("node:buffer");
const { createHash } = require("node:crypto");
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const path = require("node:path");

const root = path.resolve(__dirname, "..");
const project = path.join(root, "tsconfig.ts-node.json");
const kept = path.join(root, "node_modules", ".cache", "compiled");
/** What the result depends on besides the source. */
const settings = [project, path.join(root, "tsconfig.json"), ...["ts-node", "@swc/core"].map(packageOf)]
  .map((file) => readFileSync(file, "utf8"))
  .join();
const INLINE_MAP = "//# sourceMappingURL=data:application/json;charset=utf-8;base64,";

const outside = require.extensions[".ts"] ?? require.extensions[".js"];
require.extensions[".ts"] = (module, file) => {
  const name = path.relative(root, file);
  if (name.split(path.sep).some((part) => part === ".." || part === "node_modules")) return outside(module, file);
  return module._compile(compiled(file, path.join(kept, `${name}.js`)), file);
};
// Node.js maps stack traces to the sources.
process.setSourceMapsEnabled(true);

function packageOf(name) {
  return require.resolve(`${name}/package.json`);
}

/** Each result begins with the hash of what it was made of. Only the last one of a source is kept. */
function compiled(file, result) {
  const source = readFileSync(file, "utf8");
  const hash = createHash("sha256").update(settings).update(source).digest("hex");
  const earlier = readIfThere(result);
  if (earlier?.startsWith(hash)) return earlier.slice(hash.length);
  const output = withoutFolder(compiler().compile(source, file));
  mkdirSync(path.dirname(result), { recursive: true });
  const partial = `${result}.${process.pid}.partial`;
  writeFileSync(partial, hash + output);
  renameSync(partial, result);
  return output;
}

function readIfThere(file) {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
}

let service;

/** Loading it takes longer than most processes need otherwise. */
function compiler() {
  if (service) return service;
  // ts-node would map stack traces too, but only to what it compiled itself.
  const { prepareStackTrace } = Error;
  service = require("ts-node").create({ project, scope: true });
  Error.prepareStackTrace = prepareStackTrace;
  return service;
}

/** The map names its source by the whole path, and clones share what is kept where they share node_modules. */
function withoutFolder(output) {
  const at = output.lastIndexOf(INLINE_MAP) + INLINE_MAP.length;
  const map = JSON.parse(Buffer.from(output.slice(at), "base64").toString());
  const names = { file: path.basename(map.file), sources: map.sources.map((source) => path.basename(source)) };
  return output.slice(0, at) + Buffer.from(JSON.stringify({ ...map, ...names })).toString("base64");
}
