// Prepares a fresh clone: npm packages, the worker's bundle, ffmpeg, and with --tests the Chromium that some tests use. It takes
// almost no time if everything is there. It needs only Node.js, and writes only to stderr, so that stdout has only a command's
// results.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { accessSync, constants, existsSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { answerHelp } from "./usage.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const windows = process.platform === "win32";

function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  stop(
    `Node 20.19 or later is required, but this is Node ${process.versions.node}. Install a newer one from https://nodejs.org.`,
  );
}

/** Installs the packages if they differ from the lock file. */
function installPackages() {
  const wanted = createHash("sha256")
    .update(readFileSync(path.join(root, "package-lock.json")))
    .digest("hex");
  const stamp = path.join(root, "node_modules", ".setup-lock-hash");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  say("Installing npm packages …");
  run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
  writeFileSync(stamp, wanted);
}

/** Builds the worker's bundle if a source is newer. */
function bundleWorker() {
  const bundle = path.join(root, "worker", "dist", "worker.cjs");
  const sources = [
    ...["contract", "worker"]
      .flatMap((room) => filesBelow(path.join(root, room)))
      .filter((file) => file.endsWith(".ts")),
    path.join(root, "scripts", "bundle-worker.mjs"),
    path.join(root, "package-lock.json"),
  ];
  const newest = Math.max(...sources.map((file) => statSync(file).mtimeMs));
  if (existsSync(bundle) && statSync(bundle).mtimeMs >= newest) return;
  run(process.execPath, [path.join(root, "scripts", "bundle-worker.mjs")]);
}

function filesBelow(directory) {
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));
}

/** Programs that are not npm packages, with the system packages that contain them. */
const FFMPEG = {
  name: "ffmpeg",
  needs: "ffmpeg and ffprobe",
  from: "https://ffmpeg.org/download.html",
  found: () => isInstalled("ffmpeg", "-version") && isInstalled("ffprobe", "-version"),
  packages: { "brew": ["ffmpeg"], "apt-get": ["ffmpeg"], "dnf": ["ffmpeg-free"], "apk": ["ffmpeg"] },
};
const CHROMIUM = {
  name: "Chromium",
  needs: "chromium",
  from: "https://www.chromium.org/getting-involved/download-chromium",
  found: () => isInstalled("chromium", "--version") || isInstalled("chromium-browser", "--version"),
  packages: { "brew": ["--cask", "chromium"], "apt-get": ["chromium"], "dnf": ["chromium"], "apk": ["chromium"] },
};

function installTool({ name, needs, from, found, packages }) {
  if (found()) return;
  const manager = packageManagers().find(({ command }) => works(command, ["--version"]));
  if (!manager) stop(`${name} is required but wasn't found. Install it (${from}) and put ${needs} on the PATH.`);
  const sudo = manager.root && process.getuid?.() !== 0 ? ["sudo"] : [];
  const steps = [...manager.before, [...manager.install, ...packages[manager.command]]].map((step) => [
    ...sudo,
    ...step,
  ]);
  const commandText = steps.map((step) => step.join(" ")).join(" && ");
  say(`Installing ${name}: ${commandText} …`);
  for (const [command, ...args] of steps) {
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    const { status } = spawnSync(command, args, { stdio: ["ignore", "ignore", "inherit"], env });
    if (status !== 0)
      stop(`${name} is required but could not be installed. Run \`${commandText}\` yourself, then try again.`);
  }
  if (!found())
    stop(`\`${commandText}\` succeeded, but the PATH still lacks ${needs}. Add the folder of ${needs} to it.`);
}

function packageManagers() {
  return [
    { command: "brew", root: false, before: [], install: ["brew", "install"] },
    {
      command: "apt-get",
      root: true,
      before: [["apt-get", "update", "-qq"]],
      install: ["apt-get", "install", "-y", "-qq", "--no-install-recommends"],
    },
    { command: "dnf", root: true, before: [], install: ["dnf", "install", "-y", "-q"] },
    { command: "apk", root: true, before: [], install: ["apk", "add", "--quiet"] },
  ];
}

/** Looks for the file before starting it, because loading ffmpeg takes longer than the rest of this script. */
function isInstalled(command, version) {
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  return folders.some((folder) => isExecutable(path.join(folder, command))) || works(command, [version]);
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function works(command, args) {
  return spawnSync(command, args, { stdio: "ignore" }).status === 0;
}

function run(command, args) {
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell: windows && command === "npm",
  });
  if (status !== 0) stop(`\`${command} ${args.join(" ")}\` failed. See its output above.`);
}

function say(line) {
  process.stderr.write(`${line}\n`);
}

function stop(line) {
  say(line);
  process.exit(1);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  answerHelp(
    `Usage: npm run setup [-- --tests]

Installs what is missing: npm packages, the worker's bundle and ffmpeg. With --tests also the Chromium that tests use.`,
    ["--tests"],
  );
}
checkNode();
installPackages();
bundleWorker();
installTool(FFMPEG);
if (process.argv.includes("--tests")) installTool(CHROMIUM);
