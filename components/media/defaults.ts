import type { JobArgs } from "../jobs/args";
import type { RenditionArgs } from "./args";
import type { VideoBatchPipelineArgs } from "../args";
import { codecDefaults, encodingOf } from "./codecs";
import type { LadderRendition } from "../../contract/plan";
import type { JobResources, WorkflowRendition } from "../workflow/settings/settings";
import type { Job } from "../jobs/defaults";
import { DEFAULT_RESOURCES } from "../jobs/resources";

export type Rendition = LadderRendition & WorkflowRendition;

/**
 * What an encode of a height needs and what a good one takes. Heights between two rows take the larger one's, so that no
 * encode gets too little memory; heights above the last take the last's.
 */
const BY_HEIGHT: [SizeDefaults, ...SizeDefaults[]] = [
  { height: 4320, memoryMiB: 12288, crf: 22, maxBitrateKbps: 40000 },
  { height: 2160, memoryMiB: 4096, crf: 22, maxBitrateKbps: 16000 },
  { height: 1440, memoryMiB: 3072, crf: 22, maxBitrateKbps: 9000 },
  { height: 1080, memoryMiB: 2048, crf: 22, maxBitrateKbps: 6000 },
  { height: 720, memoryMiB: 1024, crf: 22, maxBitrateKbps: 3500 },
  { height: 480, memoryMiB: 1024, crf: 23, maxBitrateKbps: 1800 },
  { height: 360, memoryMiB: 1024, crf: 23, maxBitrateKbps: 900 },
];

interface SizeDefaults {
  height: number;
  memoryMiB: number;
  crf: number;
  maxBitrateKbps: number;
}

const DEFAULT_RENDITIONS: RenditionArgs[] = [
  { name: "4k", height: 2160 },
  { name: "1080p", height: 1080 },
  { name: "720p", height: 720 },
  { name: "480p", height: 480 },
];

/** What the attempt timeout of `jobs.transcode` is meant for. */
const REFERENCE = { height: 1080, chunkSeconds: 60 };
/** The longest that the validation lets an attempt take. */
const LONGEST_ATTEMPT = 1_209_600;

export function renditionsOf(args: VideoBatchPipelineArgs, transcode: Job): Rendition[] {
  const renditions = args.renditions ?? DEFAULT_RENDITIONS;
  const needed = (rendition: RenditionArgs): number =>
    memoryOf(rendition, renditions, args.enableSharedDecoding === true);
  return renditions.map((rendition) => {
    const row = rowOf(rendition);
    const codec = codecDefaults(rendition);
    const { name, height, preset = "fast", bitrateKbps } = rendition;
    const quality =
      bitrateKbps === undefined
        ? {
            crf: rendition.crf ?? row.crf + codec.crf,
            maxBitrateKbps: rendition.maxBitrateKbps ?? Math.round(row.maxBitrateKbps * codec.ceiling),
          }
        : { bitrateKbps };
    return {
      name,
      height,
      ...encodingOf(rendition),
      preset,
      ...quality,
      resources: resourcesOf(rendition, args.jobs?.transcode ?? {}, needed(rendition)),
      attemptTimeoutSeconds: attemptTimeoutOf(rendition, transcode, args.chunkSeconds ?? REFERENCE.chunkSeconds),
    };
  });
}

function rowOf(rendition: RenditionArgs): SizeDefaults {
  return BY_HEIGHT.findLast(({ height }) => rendition.height <= height) ?? BY_HEIGHT[0];
}

/**
 * Where decoding is shared, a job may encode smaller renditions too, and which ones depends on the video: those that have
 * no more pixels together than the largest of all.
 */
function memoryOf(rendition: RenditionArgs, all: readonly RenditionArgs[], shared: boolean): number {
  const own = rowOf(rendition).memoryMiB;
  const largest = Math.max(...all.map(({ height }) => height));
  if (!shared || !mayShare(rendition) || rendition.height === largest) return own;
  let [memory, lines] = [own, rendition.height ** 2];
  const others = all.filter((one) => one !== rendition && mayShare(one) && one.height <= rendition.height);
  for (const other of others.sort((a, b) => b.height - a.height)) {
    lines += other.height ** 2;
    if (lines > largest ** 2) break;
    memory += rowOf(other).memoryMiB;
  }
  return memory;
}

function mayShare({ codec = "h264", encoder }: RenditionArgs): boolean {
  return codec === "h264" && encoder !== "nvenc";
}

/** A command of the user's own gets what its job definition says, unless the rendition says something else. */
function resourcesOf(args: RenditionArgs, transcode: JobArgs, needed: number): JobResources | undefined {
  const vcpus = args.vcpus ?? transcode.vcpus ?? DEFAULT_RESOURCES.vcpus;
  const gpus = transcode.gpus ?? (args.encoder === "nvenc" ? 1 : undefined);
  const count = gpus === undefined ? {} : { gpus };
  if (transcode.command === undefined)
    return { vcpus, memoryMiB: args.memoryMiB ?? transcode.memoryMiB ?? needed, ...count };
  if (args.vcpus === undefined && args.memoryMiB === undefined) return undefined;
  return { vcpus, memoryMiB: args.memoryMiB ?? transcode.memoryMiB ?? DEFAULT_RESOURCES.memoryMiB, ...count };
}

/**
 * In proportion to pixels, length of a chunk and the codec's effort, but never less than for the reference: a source with few keyframes has chunks
 * that are longer than what was asked for.
 */
function attemptTimeoutOf(rendition: RenditionArgs, transcode: Job, chunk: number): number {
  const { height, attemptTimeoutSeconds } = rendition;
  if (attemptTimeoutSeconds !== undefined) return attemptTimeoutSeconds;
  const base = transcode.attemptTimeoutSeconds;
  if (!transcode.worker) return base;
  const size = Math.max(1, (height / REFERENCE.height) ** 2) * Math.max(1, chunk / REFERENCE.chunkSeconds);
  const factor = size * codecDefaults(rendition).time;
  return Math.max(base, Math.min(Math.ceil(base * factor), LONGEST_ATTEMPT));
}
