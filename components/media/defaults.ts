import type { Ladder, LadderRendition } from "../../contract/plan";
import type { Job } from "../jobs/args";
import type { JobSettings } from "../jobs/defaults";
import type { WorkflowRendition } from "../workflow/settings/settings";
import type { Audio, Rendition } from "./args";
import { codecDefaults, normaliseEncoding, sizeDefaults } from "./encoding";
import { AUDIO_LIMITS, DURATION_LIMIT, TIMING_LIMITS } from "./limits";
import { normaliseAttemptTimeout, normaliseResources, workerMemory } from "./renditionJobs";

export type RenditionSettings = LadderRendition & WorkflowRendition;

export interface MediaArgs {
  renditions?: Rendition[];
  preset?: string;
  audio?: Audio;
  chunkSeconds?: number;
  segmentSeconds?: number;
  gopSeconds?: number;
  maxDurationSeconds?: number;
  maxDamagedShare?: number;
  enableDash?: boolean;
  enableSharedDecoding?: boolean;
}

export const DEFAULT_RENDITIONS: Rendition[] = [
  { name: "4k", height: 2160 },
  { name: "1080p", height: 1080 },
  { name: "720p", height: 720 },
  { name: "480p", height: 480 },
];

/** The transcode job, as given and with its defaults. */
export interface TranscodeJob {
  args: Job;
  job: JobSettings;
}

export function normaliseRenditions(args: MediaArgs, transcode: TranscodeJob): RenditionSettings[] {
  const { renditions = DEFAULT_RENDITIONS, chunkSeconds = TIMING_LIMITS.chunkSeconds.default } = args;
  return renditions.map((rendition) => {
    const memoryMiB = workerMemory(rendition, renditions, args.enableSharedDecoding === true);
    return {
      name: rendition.name,
      height: rendition.height,
      ...normaliseEncoding(rendition),
      preset: rendition.preset ?? args.preset ?? "fast",
      ...normaliseQuality(rendition),
      resources: normaliseResources(rendition, transcode.args, memoryMiB),
      attemptTimeoutSeconds: normaliseAttemptTimeout(rendition, transcode.job, chunkSeconds),
    };
  });
}

function normaliseQuality(rendition: Rendition): Pick<RenditionSettings, "crf" | "maxBitrateKbps" | "bitrateKbps"> {
  const { crf, maxBitrateKbps, bitrateKbps } = rendition;
  if (bitrateKbps !== undefined) return { bitrateKbps };
  const size = sizeDefaults(rendition);
  const codec = codecDefaults(rendition);
  return {
    crf: crf ?? size.crf + codec.crf,
    maxBitrateKbps: maxBitrateKbps ?? Math.round(size.maxBitrateKbps * codec.ceiling),
  };
}

export function normaliseTiming(args: MediaArgs): Pick<Ladder, "chunkSeconds" | "segmentSeconds" | "gopSeconds"> {
  const { chunkSeconds, segmentSeconds, gopSeconds } = TIMING_LIMITS;
  return {
    chunkSeconds: args.chunkSeconds ?? chunkSeconds.default,
    segmentSeconds: args.segmentSeconds ?? segmentSeconds.default,
    gopSeconds: args.gopSeconds ?? gopSeconds.default,
  };
}

/** What the ladder says of other concerns. */
export type LadderContext = Required<Pick<Ladder, "gated" | "otherImages" | "otherArchitectures">>;

/** What the metadata job gets. */
export function normaliseLadder(
  args: MediaArgs,
  renditions: RenditionSettings[],
  parts: { seconds?: number }[],
  { gated, otherImages, otherArchitectures }: LadderContext,
): Ladder {
  return {
    renditions: renditions.map(ladderRendition),
    parts: parts.map(({ seconds }) => (seconds === undefined ? {} : { seconds })),
    audio: {
      bitrateKbps: args.audio?.bitrateKbps ?? AUDIO_LIMITS.bitrateKbps.default,
      channels: args.audio?.channels ?? AUDIO_LIMITS.channels.default,
      maxTracks: args.audio?.maxTracks ?? AUDIO_LIMITS.maxTracks.default,
    },
    ...normaliseTiming(args),
    ...normaliseDuration(args),
    ...(args.enableDash ? { dash: true } : {}),
    ...(gated ? { gated: true } : {}),
    ...(args.enableSharedDecoding ? { shareDecoding: true } : {}),
    ...(otherImages.length > 0 ? { otherImages } : {}),
    ...(otherArchitectures.length > 0 ? { otherArchitectures } : {}),
  };
}

/** Only what differs from the usual, because the ladder has to fit into a job definition. */
function normaliseDuration({ maxDurationSeconds }: MediaArgs): Pick<Ladder, "maxDurationSeconds"> {
  return maxDurationSeconds === undefined || maxDurationSeconds === DURATION_LIMIT.default
    ? {}
    : { maxDurationSeconds };
}

function ladderRendition(rendition: RenditionSettings): LadderRendition {
  const { name, height, codec, encoder, preset, crf, maxBitrateKbps, bitrateKbps, bitDepth, dynamicRange } = rendition;
  return { name, height, codec, encoder, preset, crf, maxBitrateKbps, bitrateKbps, bitDepth, dynamicRange };
}
