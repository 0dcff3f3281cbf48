import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import path from "node:path";

import { LADDER_VARIABLE, type Ladder } from "../contract/plan";
import { measure, ROOT } from "./child";
import { benchClip } from "./clip";

/** Seconds of a job on one vCPU: a fixed part, and a part per second of video. */
export interface JobTime {
  fixed: number;
  perSecond: number;
}

/** Times by worker command, and for `transcode` by rendition name. */
export interface JobTimes {
  metadata: JobTime;
  features: JobTime;
  audio: JobTime;
  package: JobTime;
  transcode: Record<string, JobTime>;
}

/** Lengths of the two clips whose times determine a line. */
const SECONDS = [4, 16] as const;

/** Runs every job of a ladder on two short 1080p clips, and encodes each clip in one chunk. */
export async function measureJobTimes(ladder: Ladder): Promise<JobTimes> {
  const whole: Ladder = { ...ladder, parts: [{}], chunkSeconds: 3600 };
  const [short, long] = [await secondsOfJobs(whole, SECONDS[0]), await secondsOfJobs(whole, SECONDS[1])];
  const line = (job: string): JobTime => {
    const [a, b] = [short.get(job) as number, long.get(job) as number];
    const perSecond = Math.max(0, (b - a) / (SECONDS[1] - SECONDS[0]));
    return { fixed: Math.max(0, a - perSecond * SECONDS[0]), perSecond };
  };
  return {
    metadata: line("metadata"),
    features: line("features"),
    audio: line("audio"),
    package: line("package"),
    transcode: Object.fromEntries(ladder.renditions.map(({ name }) => [name, line(name)])),
  };
}

async function secondsOfJobs(ladder: Ladder, seconds: number): Promise<Map<string, number>> {
  const clip = await benchClip(1080, seconds);
  const output = mkdtempSync(path.join(tmpdir(), "video-bench-"));
  const times = new Map<string, number>();
  const run = async (core: number, job: string, ...command: string[]): Promise<void> => {
    const uris = ["--input", `file://${clip}`, "--output", `file://${output}`];
    const worker = [process.execPath, path.join(ROOT, "worker", "dist", "worker.cjs"), ...command, ...uris];
    const [program = "", ...args] = onCore(core, worker);
    const env = { ...process.env, [LADDER_VARIABLE]: JSON.stringify(ladder) };
    times.set(job, (await measure(program, args, env)).seconds);
  };
  try {
    await run(0, "metadata", "metadata");
    // The longest jobs run first, so that no core is idle for long.
    const jobs = [...ladder.renditions]
      .sort((a, b) => b.height - a.height)
      .map(({ name }) => [name, "transcode", "--rendition", name, "--part", "1"])
      .concat([
        ["features", "features"],
        ["audio", "audio"],
      ]);
    await Promise.all(
      Array.from({ length: availableParallelism() }, async (_, core) => {
        for (let job = jobs.shift(); job; job = jobs.shift()) await run(core, ...(job as [string, ...string[]]));
      }),
    );
    await run(0, "package", "package");
  } finally {
    rmSync(output, { recursive: true, force: true });
  }
  return times;
}

/** Pins each job to one core on Linux. Elsewhere as many jobs run as there are cores, which has about the same effect. */
function onCore(core: number, command: string[]): string[] {
  return process.platform === "linux" ? ["taskset", "--cpu-list", String(core), ...command] : command;
}
