import { findCommand, type ProgramName, variableOf } from "./program";

/**
 * What is wrong with an ffmpeg: it was not found, is older than the supported versions, was built without something, or can't decode
 * a video.
 */
export type Shortcoming = "missing" | "outdated" | "incomplete" | "undecodable";

interface Manager {
  command: string;
  /** Whether installing needs root. */
  root: boolean;
  install: string;
  /** Where the package comes from, when it is not the system's own. */
  from?: string;
  /** The releases of the system whose package is recent enough. */
  since?: string;
  /** A more complete package, and what has to be done after installing it. */
  complete?: { install: string; then: string };
}

/** The same ones that `scripts/setup.mjs` uses, in the same order. */
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

const ADVICE: Record<Shortcoming, string> = {
  missing: "install it",
  outdated: "get a newer one",
  incomplete: "get one that has it",
  undecodable: "get one that decodes it",
};

/** Says what to do about it on this system, as the end of a sentence. */
export function remedy(shortcoming: Shortcoming, program: ProgramName = "ffmpeg"): string {
  const otherwise = `, or name ${shortcoming === "missing" ? "it" : "another one"} in ${variableOf(program)}.`;
  if (isDeployed()) return `derive the job's image from the worker's own${otherwise}`;
  const manager = MANAGERS.find(({ command }) => findCommand(command));
  const source = manager ? `with ${packageOf(manager, shortcoming)}` : "from https://ffmpeg.org/download.html";
  return `${ADVICE[shortcoming]} ${source}${otherwise}`;
}

function packageOf({ root, install, from, since, complete }: Manager, shortcoming: Shortcoming): string {
  if ((shortcoming === "incomplete" || shortcoming === "undecodable") && complete)
    return `\`${complete.install}\`${complete.then}`;
  const command = root && process.getuid?.() !== 0 ? `sudo ${install}` : install;
  const origin = from === undefined ? "" : ` from ${from}`;
  return `\`${command}\`${origin}${shortcoming === "outdated" && since !== undefined ? ` on ${since}` : ""}`;
}

/** Whether this is a container of ECS or Kubernetes, where nothing can be installed and the image has to be replaced. */
function isDeployed(): boolean {
  return ["ECS_CONTAINER_METADATA_URI_V4", "KUBERNETES_SERVICE_HOST"].some((name) => process.env[name]);
}
