import { version as worker } from "../../package.json";
import { type Banner, isSupported, OLDEST_VERSION } from "./banner";
import { readBanner } from "./capture";
import { commandOf, findCommand, type ProgramName } from "./program";
import { remedy } from "./remedy";

export interface FoundProgram extends Banner {
  path: string;
}

/** The programs that the worker runs with here. One that is missing is absent. */
export interface FoundPrograms {
  worker: string;
  node: Omit<FoundProgram, "libavcodec">;
  ffmpeg?: FoundProgram;
  ffprobe?: FoundProgram;
}

export async function findPrograms(): Promise<FoundPrograms> {
  const [ffmpeg, ffprobe] = await Promise.all([find("ffmpeg"), find("ffprobe")]);
  return {
    worker,
    node: { path: process.execPath, version: process.versions.node },
    ...(ffmpeg ? { ffmpeg } : {}),
    ...(ffprobe ? { ffprobe } : {}),
  };
}

async function find(name: ProgramName): Promise<FoundProgram | undefined> {
  const path = findCommand(commandOf(name));
  const banner = path === undefined ? undefined : await readBanner(name);
  return path !== undefined && banner ? { path, ...banner } : undefined;
}

/** Describes the programs to people, one line each. */
export function describePrograms(found: FoundPrograms): string {
  const line = (name: ProgramName): string => {
    const program = found[name];
    if (!program) return `${name} wasn't found: ${remedy("missing", name)}`;
    const tooOld = isSupported(program) ? "" : `, which is too old: ${OLDEST_VERSION} or later is needed`;
    return `${name} ${program.version} (${program.path})${tooOld}`;
  };
  const { node } = found;
  const own = [`video-batch-pipeline ${found.worker}`, `Node ${node.version} (${node.path})`];
  return `${[...own, line("ffmpeg"), line("ffprobe")].join("\n")}\n`;
}
