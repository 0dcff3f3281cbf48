/** The video codecs of renditions. */
export const Codec = {
  h264: "h264",
  hevc: "hevc",
  av1: "av1",
  vp9: "vp9",
} as const;
export type Codec = (typeof Codec)[keyof typeof Codec];

/** Whether the CPU or an NVIDIA GPU encodes. */
export const Encoder = {
  software: "software",
  nvenc: "nvenc",
} as const;
export type Encoder = (typeof Encoder)[keyof typeof Encoder];

/** The encoder's presets in x264's terms, from the fastest to the one that makes the smallest files. */
export const Preset = {
  ultrafast: "ultrafast",
  superfast: "superfast",
  veryfast: "veryfast",
  faster: "faster",
  fast: "fast",
  medium: "medium",
  slow: "slow",
  slower: "slower",
  veryslow: "veryslow",
} as const;
export type Preset = (typeof Preset)[keyof typeof Preset];

/** What happens to HDR sources. */
export const DynamicRange = {
  sdr: "sdr",
  source: "source",
} as const;
export type DynamicRange = (typeof DynamicRange)[keyof typeof DynamicRange];

/** One quality of the video. */
export interface Rendition {
  /**
   * Name in states, jobs and output paths: 1 to 60 letters, digits, `-` or `_`, unique regardless of case, and neither
   * `features` nor `audio`, with or without a number as in `audio-2`. On EKS it must not begin with a platform that the
   * queues use, such as `eks-` or `ec2-`. A new name is a new rendition.
   */
  name: string;
  /** Pixels of the shorter side as displayed, an even number from 64 to 4,320. 720 is 1280×720, or 720×1280 in portrait. */
  height: number;
  /**
   * `h264`, `hevc`, `av1` or `vp9`. Every player plays H.264; the others make smaller files and take more vCPU time. A player
   * chooses among the codecs that it supports, so most ladders include H.264 renditions. Defaults to `h264`.
   */
  codec?: Codec;
  /**
   * `software` for x264, x265, SVT-AV1 and libvpx, or `nvenc` for the encoder of NVIDIA GPUs, which uses one GPU, takes a
   * fraction of the time, makes somewhat larger files and doesn't support VP9. NVENC needs queues whose environments have GPU
   * instances, and an image whose ffmpeg has NVENC; AV1 needs ffmpeg 6.0 or later. Defaults to `software`.
   */
  encoder?: Encoder;
  /**
   * How much time the encoder spends on smaller files, in x264's terms: `ultrafast`, `superfast`, `veryfast`, `faster`,
   * `fast`, `medium`, `slow`, `slower` or `veryslow`. x265 has the same presets; other encoders use their corresponding
   * setting. Defaults to the pipeline's `preset`.
   */
  preset?: Preset;
  /**
   * Constant rate factor; lower means better and larger: 0 to 51 for H.264, HEVC and GPUs, 1 to 63 for AV1 and 0 to 63 for
   * VP9, where a value corresponds to about 10 less in H.264. Not together with `bitrateKbps`. Defaults to 22 for H.264, 24
   * for HEVC and 32 for AV1 and VP9 above 480 pixels of height, and to one more up to 480.
   */
  crf?: number;
  /**
   * Maximum bitrate of the constant-quality encode in kbit/s, 50 to 200,000. H.264, HEVC and AV1 stay below it over a few
   * seconds, except in the most complex scenes, which exceed it by a fifth. For VP9 it is a target, which complex scenes
   * exceed several times over. Playlists state measured bitrates. Not together with `bitrateKbps`. With H.264, defaults to
   * 900 up to 360 pixels of height, 1,800 up to 480, 3,500 up to 720, 6,000 up to 1080, 9,000 up to 1440, 16,000 up to 2160
   * and 40,000 above. Defaults to 70 % of that with HEVC and VP9 and to 60 % with AV1.
   */
  maxBitrateKbps?: number;
  /** Average bitrate in kbit/s, 50 to 200,000, instead of constant quality. Defaults to none: `crf` is used. */
  bitrateKbps?: number;
  /**
   * Bits of each colour value, 8 or 10. 10 is for HEVC, AV1 and VP9: hardly any player decodes 10-bit H.264. Defaults to 8
   * for H.264, and for the others to 10 if the source has more than 8.
   */
  bitDepth?: number;
  /**
   * `sdr` tone-maps HDR sources (PQ and HLG); `source` keeps their range and needs 10 bits. SDR sources stay SDR.
   * Defaults to `source` where the rendition may have 10 bits, and to `sdr` for H.264 and with a `bitDepth` of 8.
   */
  dynamicRange?: DynamicRange;
  /**
   * vCPUs of one transcoding job of this rendition, with the rules of `jobs.transcode.vcpus`. Defaults to that value, or to 2.
   */
  vcpus?: number;
  /**
   * Memory of one transcoding job of this rendition in MiB, with the rules of `jobs.transcode.memoryMiB`. Defaults to that
   * value, or to what the worker needs: 1,024 up to 720 pixels of height, 2,048 up to 1080, 3,072 up to 1440, 4,096 up to
   * 2160 and 12,288 above. With `enableSharedDecoding`, defaults to the sum for all renditions that the job may encode.
   */
  memoryMiB?: number;
  /**
   * Seconds that one attempt of this rendition's transcoding jobs may run, 60 to 1,209,600. Defaults to
   * `jobs.transcode.attemptTimeoutSeconds`. With the worker the default increases in proportion to pixels above 1080p and
   * chunks above 60 seconds, is doubled for HEVC and AV1, and is four times as long for VP9.
   */
  attemptTimeoutSeconds?: number;
}

/** The sound. Each of the source's audio tracks is encoded once, as AAC, and shared by all renditions. */
export interface Audio {
  /**
   * Bitrate in kbit/s of a track with the maximum of `channels`, 16 to 512. A track with fewer channels gets a proportional
   * share. Defaults to 128.
   */
  bitrateKbps?: number;
  /**
   * Maximum number of channels of a track, 1 to 8. The output is mono, stereo, 5.0, 5.1 or 7.1. A track with more channels is
   * mixed down to the largest of these layouts that is allowed. A track with fewer is never mixed up. Defaults to 2.
   */
  channels?: number;
  /**
   * Maximum number of a video's audio tracks that are kept, 1 to 16: the default track first, then the others in the source's
   * order. Viewers choose among them by language and name. Defaults to 8.
   */
  maxTracks?: number;
}
