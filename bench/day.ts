/**
 * `npm run test:day` runs jobs on a day of video at 60 pictures a second, and fails if one of them needs too much memory. Nothing is
 * encoded: what earlier jobs would have made is made up, and media are zeros.
 */
import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import path from "node:path";

import { build } from "esbuild";

import { MemoryMeter } from "../runner/batch/launchers/memoryMeter";
import { LADDER_VARIABLE } from "../contract/plan";
import { OUT, ROOT } from "./child";
import { dayOfKeyframes, prepare } from "./day/prepare";
import { LADDER } from "./day/video";
import { markdown } from "./rows";

/** Half of what jobs have by default. */
const LIMIT_MIB = 512;
/** ffprobe and ffmpeg hold the whole index of an MP4, which our code can't change. */
const METADATA_LIMIT_MIB = 1024;
const SIGNALS = ["SIGINT", "SIGTERM"] as const;

interface Measured {
  what: string;
  limit: number;
  peak: number;
  seconds: number;
}

const meter = new MemoryMeter();

async function main(): Promise<void> {
  const directory = path.join(OUT, "day");
  const bundle = path.join(OUT, "day-job.cjs");
  const entry = path.join(__dirname, "day/job.ts");
  await build({ entryPoints: [entry], outfile: bundle, bundle: true, platform: "node", logLevel: "warning" });
  const rows: Measured[] = [];
  // A job of an hour shows by how little a day takes more. Sound takes long here, because all of it goes through the worker.
  for (const [job, hours] of [
    ["package", 1],
    ["package", 24],
    ["audio", 1],
    ["audio", 3],
  ] as const) {
    const { output, mediaFile } = prepare(directory, hours);
    rows.push(await measure(`${job}, ${hours} h`, LIMIT_MIB, [bundle, job, output, mediaFile]));
  }
  const worker = path.join(ROOT, "worker/dist/worker.cjs");
  const video = dayOfKeyframes(directory);
  const uris = ["--input", `file://${video}`, "--output", `file://${path.join(directory, "metadata")}`];
  rows.push(await measure("metadata, 24 h of keyframes", METADATA_LIMIT_MIB, [worker, "metadata", ...uris]));
  rmSync(directory, { recursive: true });
  const cells = rows.map(({ what, peak, limit, seconds }) => [what, String(peak), String(limit), seconds.toFixed(0)]);
  console.log(markdown(["", "peak MiB", "limit", "seconds"], cells));
  const above = rows.filter(({ peak, limit }) => !(peak <= limit)).map(({ what }) => what);
  if (above.length > 0) throw new Error(`Too much memory: ${above.join("; ")}.`);
}

/** Runs a job with the heap that V8 allows itself in a container of the limit's size. */
async function measure(what: string, limit: number, args: string[]): Promise<Measured> {
  const began = performance.now();
  const env = { ...process.env, [LADDER_VARIABLE]: JSON.stringify(LADDER) };
  const child = spawn(process.execPath, [`--max-old-space-size=${limit / 2}`, ...args], {
    ...{ detached: true, env, stdio: ["ignore", "ignore", "inherit"] },
  });
  const peak = meter.watch(child.pid);
  // Its memory is measured by a process group of its own, to which nobody else sends a signal.
  const end = (): never => {
    process.kill(-child.pid!, "SIGKILL");
    process.exit(1);
  };
  for (const signal of SIGNALS) process.once(signal, end);
  const exitCode = await new Promise<number | null>((resolve, reject) =>
    child.once("error", reject).once("exit", (code) => resolve(code)),
  );
  for (const signal of SIGNALS) process.off(signal, end);
  const peakMiB = peak();
  if (exitCode !== 0) throw new Error(`${what} ended with exit code ${exitCode}.`);
  if (peakMiB === undefined) throw new Error("Memory can be measured only on Linux.");
  return { what, limit, peak: peakMiB, seconds: (performance.now() - began) / 1000 };
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
