import { findCommand, type ProgramName, variableOf } from "./program";

/**
 * What is wrong with an ffmpeg: it isn't there, is older than those that are supported, was built without something, or decodes
 * nothing of a video.
 */
export type Shortcoming = "missing" | "old" | "lacking" | "blind";

interface Manager {
  command: string;
  /** Whether only root may install. */
  root: boolean;
  install: string;
  /** Where the package comes from, when it is not the system's own. */
  from?: string;
  /** Which releases of the system have one that is not too old. */
  since?: string;
  /** Another package, which lacks less, and what it takes besides. */
  complete?: { install: string; then: string };
}

/** Those that `scripts/setup.mjs` installs with, in the same order. */
const MANAGERS: Manager[] = [
  {
    ...{ command: "brew", root: false, install: "brew install ffmpeg" },
    // Since 2026 the formula itself has no zimg (Homebrew/homebrew-core#261303), and the complete one is not linked.
    complete: {
      install: "brew install ffmpeg-full",
      then: ' and "$(brew --prefix ffmpeg-full)/bin" first on the PATH',
    },
  },
  { command: "apt-get", root: true, install: "apt-get install ffmpeg", since: "Debian 12, Ubuntu 24.04 or later" },
  // Fedora's own, ffmpeg-free, has neither x264 nor x265.
  { command: "dnf", root: true, install: "dnf install --allowerasing ffmpeg", from: "RPM Fusion (rpmfusion.org)" },
  { command: "apk", root: true, install: "apk add ffmpeg", since: "Alpine 3.17 or later" },
];

const GET: Record<Shortcoming, string> = {
  missing: "install it",
  old: "get a newer one",
  lacking: "get one that has it",
  blind: "get one that decodes it",
};

/** What to do about it on this system: the end of a sentence. */
export function remedy(shortcoming: Shortcoming, program: ProgramName = "ffmpeg"): string {
  const otherwise = `, or name ${shortcoming === "missing" ? "it" : "another one"} in ${variableOf(program)}.`;
  if (isDeployed()) return `derive the job's image from the worker's own${otherwise}`;
  const manager = MANAGERS.find(({ command }) => findCommand(command));
  const source = manager ? `with ${packageOf(manager, shortcoming)}` : "from https://ffmpeg.org/download.html";
  return `${GET[shortcoming]} ${source}${otherwise}`;
}

function packageOf({ root, install, from, since, complete }: Manager, shortcoming: Shortcoming): string {
  if ((shortcoming === "lacking" || shortcoming === "blind") && complete)
    return `\`${complete.install}\`${complete.then}`;
  const command = root && process.getuid?.() !== 0 ? `sudo ${install}` : install;
  const origin = from === undefined ? "" : ` from ${from}`;
  return `\`${command}\`${origin}${shortcoming === "old" && since !== undefined ? ` on ${since}` : ""}`;
}

/** In a container of ECS or Kubernetes nobody installs anything: what it lacks, its image lacks. */
function isDeployed(): boolean {
  return ["ECS_CONTAINER_METADATA_URI_V4", "KUBERNETES_SERVICE_HOST"].some((name) => process.env[name]);
}
