// `npm run build` creates bin/ for publication: JavaScript, declarations and source maps of the folders that users load,
// the worker's build context, so that the image can be built from node_modules, and what starts functions in their own process.
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
process.chdir(root);

rmSync("bin", { recursive: true, force: true });
const tsc = ["node_modules/typescript/bin/tsc", "--project", "tsconfig.build.json"];
node(...tsc, "--emitDeclarationOnly", "--sourceMap", "false");
// The sources are in the package, and the declarations have what users read: a fifth of the JavaScript would be comments.
node(...tsc, "--noCheck", "--removeComments", "--declaration", "false", "--declarationMap", "false");
node("scripts/bundle-worker.mjs");
for (const file of ["Dockerfile", ".dockerignore", "dist"]) {
  cpSync(path.join("worker", file), path.join("bin", "worker", file), { recursive: true });
}
cpSync("runner/lambda/bootstrap.cjs", "bin/runner/lambda/bootstrap.cjs");
chmodSync("bin/cli/main.js", 0o755);

function node(...args) {
  const { status } = spawnSync(process.execPath, args, { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
