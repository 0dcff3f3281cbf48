/** One quality of the video. */
export interface RenditionArgs {
  /**
   * Name in states, jobs and output paths: 1 to 60 letters, digits, `-` or `_`, unique whatever the case, and not `audio`,
   * alone or with a number as in `audio-2`. A new name is a new rendition.
   */
  name: string;
  /** Pixels of the shorter side as displayed, an even number from 64 to 4,320. 720 is 1280×720, or 720×1280 in portrait. */
  height: number;
  /**
   * `x264`, or `nvenc` for the encoder of NVIDIA GPUs, which takes one GPU and a fraction of the time at somewhat larger files. Its
   * queues need environments with GPU instances, and its image an ffmpeg with NVENC. Defaults to `x264`.
   */
  encoder?: string;
  /** The x264 preset, from `ultrafast` to `veryslow`: slower makes smaller files and costs more vCPU time. Defaults to `fast`. */
  preset?: string;
  /**
   * Constant rate factor of x264, 0 to 51, lower is better and larger. Not together with `bitrateKbps`. Defaults to 22 from
   * 720 pixels of height up and to 23 below.
   */
  crf?: number;
  /**
   * Ceiling of the constant-quality encode in kbit/s, 50 to 200,000. Not together with `bitrateKbps`. Defaults to 16,000 for
   * 2160 pixels of height, 9,000 for 1440, 6,000 for 1080, 3,500 for 720, 1,800 for 480 and 900 below.
   */
  maxBitrateKbps?: number;
  /** Average bitrate in kbit/s, 50 to 200,000, instead of a constant quality. Defaults to none: `crf` is used. */
  bitrateKbps?: number;
  /**
   * vCPUs of one transcoding job of this rendition, with the rules of `jobs.transcode.vcpus`. Defaults to what that says, or to 2.
   */
  vcpus?: number;
  /**
   * Memory of one transcoding job of this rendition in MiB, with the rules of `jobs.transcode.memoryMiB`. Defaults to what that
   * says, or to what the worker needs for that height: 4,096 for 2160 pixels, 3,072 for 1440, 2,048 for 1080 and 1,024 below.
   */
  memoryMiB?: number;
  /**
   * Seconds that one attempt of this rendition's transcoding jobs may run, 60 to 1,209,600. Defaults to
   * `jobs.transcode.attemptTimeoutSeconds`, and with the worker to more in proportion to its pixels above 1080p and its chunks above
   * 60 seconds.
   */
  attemptTimeoutSeconds?: number;
}

/** The sound. Each of the source's tracks is encoded once, as AAC, and shared by all renditions. */
export interface AudioArgs {
  /**
   * Bitrate in kbit/s of a track that has all of `channels`, 16 to 512. A track with fewer channels gets its share of it. Defaults to
   * 128.
   */
  bitrateKbps?: number;
  /**
   * Most channels of a track, 1 to 8. Tracks come out as mono, stereo, 5.0, 5.1 or 7.1: one with more channels is mixed down to the
   * largest of these that is allowed, and one with fewer is never mixed up. Defaults to 2.
   */
  channels?: number;
  /**
   * Most sound tracks of a video that are kept, 1 to 16, the default one first and the others in the source's order. Viewers choose
   * among them by language and name. Defaults to 8.
   */
  maxTracks?: number;
}
