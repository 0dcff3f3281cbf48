/** The video codecs of renditions. */
export const Codec = {
  h264: "h264",
  hevc: "hevc",
  av1: "av1",
  vp9: "vp9",
} as const;
export type Codec = (typeof Codec)[keyof typeof Codec];

/** Whether the processor or an NVIDIA GPU encodes. */
export const Encoder = {
  software: "software",
  nvenc: "nvenc",
} as const;
export type Encoder = (typeof Encoder)[keyof typeof Encoder];

/** The encoder's presets in x264's terms, from the fastest to the one with the smallest files. */
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
   * Name in states, jobs and output paths: 1 to 60 letters, digits, `-` or `_`, unique whatever the case, and neither
   * `features` nor `audio`, alone or with a number as in `audio-2`. On EKS it doesn't begin with a kind of machines that the queues
   * are on, such as `eks-` or `ec2-`. A new name is a new rendition.
   */
  name: string;
  /** Pixels of the shorter side as displayed, an even number from 64 to 4,320. 720 is 1280×720, or 720×1280 in portrait. */
  height: number;
  /**
   * `h264`, `hevc`, `av1` or `vp9`. Every player plays H.264; the others make smaller files and take more vCPU time. A player
   * chooses among the codecs that it supports, so most ladders have H.264 renditions beside others. Defaults to `h264`.
   */
  codec?: Codec;
  /**
   * `software` for x264, x265, SVT-AV1 and libvpx, or `nvenc` for the encoder of NVIDIA GPUs, which uses one GPU, takes a fraction of
   * the time, makes somewhat larger files and doesn't support VP9. Its queues need environments with GPU instances, and its image an
   * ffmpeg with NVENC, for AV1 6.0 or later. Defaults to `software`.
   */
  encoder?: Encoder;
  /**
   * How much time the encoder spends on smaller files, in x264's terms: `ultrafast`, `superfast`, `veryfast`, `faster`, `fast`,
   * `medium`, `slow`, `slower` or `veryslow`. x265 has the same presets; for the others, the corresponding setting of their own is
   * used. Defaults to the pipeline's `preset`.
   */
  preset?: Preset;
  /**
   * Constant rate factor; lower means better and larger: 0 to 51 for H.264, HEVC and GPUs, 1 to 63 for AV1 and 0 to 63 for VP9, where
   * a number means about what 10 less means for H.264. Not together with `bitrateKbps`. Defaults to 22 for H.264, 24 for HEVC and 32
   * for AV1 and VP9 above 480 pixels of height, and to one more up to 480.
   */
  crf?: number;
  /**
   * Ceiling of the constant-quality encode in kbit/s, 50 to 200,000. H.264, HEVC and AV1 keep it over a few seconds, except in the
   * hardest scenes, which exceed it by a fifth; for VP9 it is a target, which hard scenes exceed several times over. Playlists state
   * measured bitrates. Not together with `bitrateKbps`. With H.264, defaults to 900 up to 360 pixels of height, 1,800 up to 480,
   * 3,500 up to 720, 6,000 up to 1080, 9,000 up to 1440, 16,000 up to 2160 and 40,000 above. Defaults to 70 % of that with HEVC and
   * VP9 and to 60 % with AV1.
   */
  maxBitrateKbps?: number;
  /** Average bitrate in kbit/s, 50 to 200,000, instead of a constant quality. Defaults to none: `crf` is used. */
  bitrateKbps?: number;
  /**
   * Bits of each colour value, 8 or 10. 10 is for HEVC, AV1 and VP9: hardly any player decodes 10-bit H.264. Defaults to 8 for
   * H.264, and for the others to what the source has, 10 if that is more than 8.
   */
  bitDepth?: number;
  /**
   * `sdr` tone-maps HDR sources (PQ and HLG), `source` keeps their range and needs 10 bits. SDR sources stay SDR.
   * Defaults to `source` where the rendition may have 10 bits, and to `sdr` for H.264 and with a `bitDepth` of 8.
   */
  dynamicRange?: DynamicRange;
  /**
   * vCPUs of one transcoding job of this rendition, with the rules of `jobs.transcode.vcpus`. Defaults to that value, or to 2.
   */
  vcpus?: number;
  /**
   * Memory of one transcoding job of this rendition in MiB, with the rules of `jobs.transcode.memoryMiB`. Defaults to that
   * value, or to what the worker needs: 1,024 up to 720 pixels of height, 2,048 up to 1080, 3,072 up to 1440, 4,096 up to 2160 and
   * 12,288 above. With `enableSharedDecoding`, to the sum for all renditions that the job may encode.
   */
  memoryMiB?: number;
  /**
   * Seconds that one attempt of this rendition's transcoding jobs may run, 60 to 1,209,600. Defaults to
   * `jobs.transcode.attemptTimeoutSeconds`, and with the worker to more in proportion to its pixels above 1080p and its chunks above
   * 60 seconds, doubled for HEVC and AV1 and four times as much for VP9.
   */
  attemptTimeoutSeconds?: number;
}

/** The sound. Each of the source's sound tracks is encoded once, as AAC, and shared by all renditions. */
export interface Audio {
  /**
   * Bitrate in kbit/s of a track that has all of `channels`, 16 to 512. A track with fewer channels gets its share of the bitrate.
   * Defaults to 128.
   */
  bitrateKbps?: number;
  /**
   * The most channels of a track, 1 to 8. The output has mono, stereo, 5.0, 5.1 or 7.1: a track with more channels is mixed down to
   * the largest of these that is allowed, and one with fewer is never mixed up. Defaults to 2.
   */
  channels?: number;
  /**
   * The most sound tracks of a video that are kept, 1 to 16, the default one first and the others in the source's order. Viewers
   * choose among them by language and name. Defaults to 8.
   */
  maxTracks?: number;
}
