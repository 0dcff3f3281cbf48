// `npm run reports [-- DIR]` writes the report of every situation into a folder, with pictures in light and dark, on a desk and on a phone.
import { spawnSync } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const folder = path.resolve(
  process.env.INIT_CWD ?? process.cwd(),
  process.argv[2] ?? path.join(root, "out", "reports"),
);
const mocha = [path.join(root, "node_modules", "mocha", "bin", "mocha.js"), "--no-config", "--timeout", "600000"];
const test = ["--require", "./scripts/ts-node.cjs", "--exit", path.join("tests", "browser", "report.test.ts")];
const { status } = spawnSync(process.execPath, [...mocha, ...test], {
  cwd: root,
  env: { ...process.env, REPORTS: folder },
  stdio: "inherit",
});
if (status === 0) console.log(`Look at the pictures in ${folder}`);
process.exitCode = status ?? 1;
