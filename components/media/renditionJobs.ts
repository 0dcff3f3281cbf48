import type { Job } from "../jobs/args";
import { DEFAULT_RESOURCES, type JobSettings } from "../jobs/defaults";
import { LONGEST_ATTEMPT_SECONDS } from "../rules/limits";
import type { JobResources } from "../workflow/settings/settings";
import type { Rendition } from "./args";
import { codecDefaults, sizeDefaults } from "./encoding";
import { TIMING_LIMITS } from "./limits";

/** What the attempt timeout of `jobs.transcode` is meant for. */
const REFERENCE = { height: 1080, chunkSeconds: TIMING_LIMITS.chunkSeconds.default };

/** With the user's own command, a job gets what its definition says, unless the rendition says something else. */
export function normaliseResources(args: Rendition, transcode: Job, workerMemoryMiB: number): JobResources | undefined {
  const vcpus = args.vcpus ?? transcode.vcpus ?? DEFAULT_RESOURCES.vcpus;
  const gpus = transcode.gpus ?? (args.encoder === "nvenc" ? 1 : undefined);
  const memoryMiB = args.memoryMiB ?? transcode.memoryMiB;
  const usesWorker = transcode.command === undefined;
  if (!usesWorker && args.vcpus === undefined && args.memoryMiB === undefined) return undefined;
  return {
    vcpus,
    memoryMiB: memoryMiB ?? (usesWorker ? workerMemoryMiB : DEFAULT_RESOURCES.memoryMiB),
    ...(gpus === undefined ? {} : { gpus }),
  };
}

/**
 * With shared decoding, a job may encode smaller renditions as well. Which ones depends on the video: together they have no more
 * pixels than the largest rendition of all.
 */
export function workerMemory(rendition: Rendition, all: readonly Rendition[], shared: boolean): number {
  const own = sizeDefaults(rendition).memoryMiB;
  const largest = Math.max(...all.map(({ height }) => height));
  if (!shared || !mayShare(rendition) || rendition.height === largest) return own;
  let [memory, pixels] = [own, rendition.height ** 2];
  const others = all.filter((one) => one !== rendition && mayShare(one) && one.height <= rendition.height);
  for (const other of others.sort((a, b) => b.height - a.height)) {
    pixels += other.height ** 2;
    if (pixels > largest ** 2) break;
    memory += sizeDefaults(other).memoryMiB;
  }
  return memory;
}

function mayShare({ codec = "h264", encoder }: Rendition): boolean {
  return codec === "h264" && encoder !== "nvenc";
}

/**
 * In proportion to the pixels, the length of a chunk and the codec's effort, but never less than for the reference: the chunks of a
 * source with few keyframes are longer than they should be.
 */
export function normaliseAttemptTimeout(args: Rendition, transcode: JobSettings, chunkSeconds: number): number {
  if (args.attemptTimeoutSeconds !== undefined) return args.attemptTimeoutSeconds;
  const base = transcode.attemptTimeoutSeconds;
  if (!transcode.worker) return base;
  const pixels = Math.max(1, (args.height / REFERENCE.height) ** 2);
  const length = Math.max(1, chunkSeconds / REFERENCE.chunkSeconds);
  const seconds = Math.ceil(base * (pixels * length * codecDefaults(args).time));
  return Math.max(base, Math.min(seconds, LONGEST_ATTEMPT_SECONDS));
}
