// Makes a fresh clone ready, and costs next to nothing when it already is: npm packages, the worker's bundle, ffmpeg.
// Uses nothing but Node. Writes to stderr only, so that a command's results stay alone on stdout.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const windows = process.platform === "win32";

checkNode();
installPackages();
bundleWorker();
installFfmpeg();

function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  stop(
    `Node 20.19 or later is needed. This is Node ${process.versions.node}. Install a newer one from https://nodejs.org.`,
  );
}

/** Installs when the packages of the lock file are not the ones that are there. */
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

/** Builds the one-file worker when a source is newer than it. */
function bundleWorker() {
  const bundle = path.join(root, "worker", "dist", "worker.cjs");
  const sources = [
    ...filesBelow(path.join(root, "worker")).filter((file) => file.endsWith(".ts")),
    path.join(root, "components", "workflow", "plan.ts"),
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

function installFfmpeg() {
  if (hasFfmpeg()) return;
  const install = packageManagers().find(({ command }) => works(command, ["--version"]));
  if (!install) {
    stop(
      "ffmpeg is needed and was not found. Install it (https://ffmpeg.org/download.html) so that ffmpeg and ffprobe are on the PATH.",
    );
  }
  const sudo = install.root && process.getuid?.() !== 0 ? ["sudo"] : [];
  const steps = install.steps.map((step) => [...sudo, ...step]);
  const said = steps.map((step) => step.join(" ")).join(" && ");
  say(`Installing ffmpeg: ${said} …`);
  for (const [command, ...args] of steps) {
    const { status } = spawnSync(command, args, {
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
    if (status !== 0) stop(`ffmpeg is needed and could not be installed. Run \`${said}\` yourself, then try again.`);
  }
  if (!hasFfmpeg())
    stop(`\`${said}\` ended well, but ffmpeg and ffprobe are still not on the PATH. Add their folder to it.`);
}

function hasFfmpeg() {
  return works("ffmpeg", ["-version"]) && works("ffprobe", ["-version"]);
}

function packageManagers() {
  return [
    { command: "brew", root: false, steps: [["brew", "install", "ffmpeg"]] },
    {
      command: "apt-get",
      root: true,
      steps: [
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "ffmpeg"],
      ],
    },
    { command: "dnf", root: true, steps: [["dnf", "install", "-y", "-q", "ffmpeg-free"]] },
    { command: "apk", root: true, steps: [["apk", "add", "--quiet", "ffmpeg"]] },
  ];
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
  if (status !== 0) stop(`\`${command} ${args.join(" ")}\` failed. What it printed is above.`);
}

function say(line) {
  process.stderr.write(`${line}\n`);
}

function stop(line) {
  say(line);
  process.exit(1);
}
