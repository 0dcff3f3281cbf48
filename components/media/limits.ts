import { DEFAULT_MAX_DAMAGED_SHARE } from "../../contract/damage";
import { DEFAULT_MAX_DURATION_SECONDS } from "../../contract/plan";
import { LEAST_MEMORY_MIB, LONGEST_ATTEMPT_SECONDS, MOST_MEMORY_MIB } from "../rules/limits";
import type { Limit } from "../rules/numbers";

const BITRATE: Limit = {
  min: 50,
  max: 200_000,
  unit: "kbit/s",
  remedy: "The unit is kbit/s. 6000 is usual for 1080p.",
};

/** Limits of renditions, besides those of the codec. Their defaults depend on height, codec and job. */
export const RENDITION_LIMITS = {
  maxBitrateKbps: BITRATE,
  bitrateKbps: BITRATE,
  memoryMiB: {
    min: LEAST_MEMORY_MIB,
    max: MOST_MEMORY_MIB,
    unit: "MiB",
    remedy: "The unit is MiB. 2048 is usual for 1080p.",
  },
  attemptTimeoutSeconds: {
    min: 60,
    max: LONGEST_ATTEMPT_SECONDS,
    unit: "seconds",
    remedy: "Omit it to use the value of jobs.transcode.",
  },
} satisfies Record<string, Limit>;

/** Limits of the audio tracks. */
export const AUDIO_LIMITS = {
  bitrateKbps: {
    min: 16,
    max: 512,
    unit: "kbit/s",
    default: 128,
    remedy: "The unit is kbit/s. 128 is usual for stereo.",
  },
  channels: { min: 1, max: 8, unit: "channels", default: 2, remedy: "Stereo has 2." },
  maxTracks: { min: 1, max: 16, unit: "tracks", default: 8, remedy: "1 keeps only the default track." },
} satisfies Record<string, Limit>;

/** The longest video that may be accepted. */
export const DURATION_LIMIT = {
  min: 1,
  max: 604_800,
  unit: "seconds",
  default: DEFAULT_MAX_DURATION_SECONDS,
  remedy: "The default is 86400, which is a day. Cut longer videos into several.",
} satisfies Limit;

/** How much of a video may be damaged. */
export const DAMAGE_LIMIT = {
  min: 0,
  max: 1,
  unit: "",
  fractions: true,
  default: DEFAULT_MAX_DAMAGED_SHARE,
  remedy: "It is a share of the video's length: the default, 0.02, is 2 percent, and 0 accepts no damage.",
} satisfies Limit;

/** Limits of GOPs, segments and chunks. */
export const TIMING_LIMITS = {
  gopSeconds: { min: 1, max: 10, unit: "seconds", default: 2, remedy: "2 is usual." },
  segmentSeconds: { min: 1, max: 60, unit: "seconds", default: 6, remedy: "6 is usual." },
  chunkSeconds: { min: 1, max: 3600, unit: "seconds", default: 60, remedy: "The default is 60." },
} satisfies Record<string, Limit>;
