/**
 * The two documents that component and worker exchange.
 *
 * The words: a *part* is a stage of a rendition with its own queue; a *chunk* is a piece of a part that one job
 * encodes; a *segment* is an HLS media segment.
 */

import type { Damage } from "./damage";
import type { AudioPurpose, MissingSound, SourceAudio } from "./sourceAudio";
import type { BytePatch, MovedPages, PacketEdit } from "./sourceChanges";

/** Environment variable of the metadata job that carries the ladder as JSON. */
export const LADDER_VARIABLE = "VIDEO_BATCH_LADDER";

/** The length of a video that is accepted unless the ladder says another: a day. */
export const DEFAULT_MAX_DURATION_SECONDS = 86_400;

/** What to make of every video. The component writes it into the metadata job's environment. */
export interface Ladder {
  renditions: LadderRendition[];
  /** In order. The last part has no `seconds`, and takes the rest of the video. */
  parts: LadderPart[];
  audio: LadderAudio;
  /** Target length of a chunk, in seconds of video. */
  chunkSeconds: number;
  /** Seconds of one HLS segment. A multiple of `gopSeconds`. */
  segmentSeconds: number;
  /** Seconds of one closed GOP. */
  gopSeconds: number;
  /** The longest video that is accepted, in seconds. Absent means a day. */
  maxDurationSeconds?: number;
  /** Whether packaging writes an MPEG-DASH manifest over the same segments too. Absent means no. */
  dash?: boolean;
  /** Whether `hls/master.m3u8` appears only after approval. Absent means no. */
  gated?: boolean;
  /** Whether smaller renditions are encoded together, from one decoding of the source. Absent means no. */
  shareDecoding?: boolean;
  /**
   * Jobs with another ffmpeg than the metadata job's, or with none: what they need is not looked for in that one. Absent when all
   * have the same.
   */
  otherImages?: ("features" | "transcode")[];
  /**
   * Parts, counted from 1, whose jobs run on another processor architecture than the metadata job, and so may have another ffmpeg.
   * Absent when there are none.
   */
  otherArchitectures?: number[];
}

export interface LadderRendition {
  name: string;
  /** Pixels of the shorter side as displayed: 720 is 1280×720 in landscape, 720×1280 in portrait. */
  height: number;
  /** Absent means `h264`. */
  codec?: "hevc" | "av1" | "vp9";
  /** The encoder: absent means software, `nvenc` is that of NVIDIA GPUs. */
  encoder?: "nvenc";
  /** In the words of x264, from `ultrafast` to `veryslow`, whatever the encoder. */
  preset: string;
  /** Constant rate factor on the codec's scale, held below `maxBitrateKbps`. Absent when `bitrateKbps` is set. */
  crf?: number;
  /** Ceiling of the constant-quality encode, in kbit/s. */
  maxBitrateKbps?: number;
  /** Average bitrate in kbit/s, instead of `crf`. */
  bitrateKbps?: number;
  /** Bits of each colour value. Absent means 8 for H.264, and the source's for the others. */
  bitDepth?: 8 | 10;
  /** Present when HDR sources are tone-mapped also where the rendition may have 10 bits. */
  dynamicRange?: "sdr";
}

export interface LadderPart {
  /** Target length of the part, in seconds of video. Absent on the last part. */
  seconds?: number;
}

export interface LadderAudio {
  /** Bitrate of a track with all channels. A track with fewer gets a proportional share. */
  bitrateKbps: number;
  /** Maximum number of channels of a track. */
  channels: number;
  /** Maximum number of the source's audio tracks that are kept. */
  maxTracks: number;
}

/** `plan.json`: what to make of one video. The metadata job writes it; all other jobs read it. */
export interface Plan {
  version: 1;
  /** Hash of the source's identity and the ladder. Work with another fingerprint is not reused. */
  fingerprint: string;
  source: PlanSource;
  timeline: PlanTimeline;
  /** The parts that the video is long enough for, in order. */
  parts: PlanPart[];
  /**
   * Where chunks begin and end: display timestamps of keyframes in the source's time base, one more than there are chunks.
   * Chunk `i`, counted through all parts, holds the frames with `boundaries[i] <= pts < boundaries[i + 1]`.
   */
  boundaries: number[];
  /**
   * When the source's first picture appears and its last one ends, in the source's time base. Present when sound begins earlier or lasts
   * longer: then the first picture is shown from the first boundary on, and the last one until the last boundary.
   */
  pictures?: [first: number, end: number];
  /** Source frames in each chunk. */
  frames: number[];
  /**
   * Seconds before a chunk's first picture at which reading starts, so that a keyframe lies in between. Present when a
   * picture depends on the one before it, as in deinterlacing.
   */
  leadSeconds?: number;
  /** The renditions to make, none larger than the source. */
  renditions: PlanRendition[];
  /** The audio tracks to make, the default one first. Absent when the source has none. */
  audio?: PlanAudio[];
  segmentSeconds: number;
  gopSeconds: number;
  /**
   * Maximum number of pictures within `gopSeconds`. Present when the frame rate varies, so that the average rate makes
   * fewer.
   */
  gopPictures?: number;
  /** Where the source is damaged, as far as its container shows. Absent where it isn't. */
  damage?: Damage[];
  /**
   * The times, in the source's time base, of pictures that may lack a part because the container reports lost packets there.
   * Absent if there are none.
   */
  suspects?: number[];
  /** Audio tracks of the source that can't be decoded, and are left out. Absent when there are none. */
  missingSound?: MissingSound[];
  /** Present when an MPEG-DASH manifest is wanted. */
  dash?: true;
  /** Present when a preview plays what is finished before approval. */
  gated?: true;
}

export interface PlanSource {
  uri: string;
  bytes: number;
  /** Strong identity where the storage has one (the ETag in S3; size and modification time of a file). */
  etag: string;
  /** Present when a transport stream has duplicate packets, as where a network delivered some again. Only the first of each is read. */
  duplicates?: true;
  /** Present when single packets have times that are far off: what is read there, with which every job reads the times of their places. */
  patches?: BytePatch[];
  /** Present when streams of an Ogg file begin before 0: by how much they are moved, with which every job reads it. */
  moved?: MovedPages;
  /**
   * Present when the source is a transport stream of joined recordings, or announces streams only later: changes to its
   * packets, with which every job reads it as if it had been recorded in one go. Each list applies to the result of the lists
   * before it.
   */
  edits?: PacketEdit[][];
  /**
   * Present when decoders have to begin anew with each of several joined recordings, because pictures of one are numbered regardless of
   * those before: where the later ones begin. Chunks begin there too.
   */
  recordings?: Recording[];
  /** The video stream's time base, numerator and denominator. */
  timeBase: [number, number];
  /** Index of the video stream in the source. */
  videoStream: number;
  /** The audio tracks that can be encoded, the default one first. */
  audioStreams: SourceAudio[];
  durationSeconds: number;
  frames: number;
  /** Frames per second as a fraction, for example 30000/1001. */
  frameRate: [number, number];
  /** As displayed: square pixels, rotation applied. */
  width: number;
  height: number;
  /** Present when the shape of pixels changes on the way: the shapes in the order in which they come. */
  shapes?: PictureShape[];
  /** Present when pictures consist of two fields from different moments, and are deinterlaced. */
  interlaced?: true;
  /** Present when some pictures are marked as having two fields and others not, so that the marks may be wrong. */
  mixed?: true;
  /** Present when each field is a picture of its own, of half the height: the field of each pair that comes first. */
  fields?: "top" | "bottom";
  /** Present when the container says to cut something off the pictures. */
  crop?: PictureCrop;
  /**
   * Present when an MP4 or MOV says to show a part of its pictures only, or wrongly. No program gets to see that: some versions of ffmpeg
   * would crop once more, and others refuse the file.
   */
  apertures?: CleanAperture[];
  /** Present when the container says to rotate or mirror the pictures. */
  turn?: Turn;
  /** Present when pictures may be transparent: ffmpeg's name of the format in which they are composited on black. */
  transparent?: "gbrap" | "gbrap16le" | "yuva444p" | "yuva444p16le";
  /**
   * Present when a packet may contain two pictures, as in AVI files of old encoders. The decoded pictures have no
   * reliable times, and are one tick apart.
   */
  packed?: true;
  /**
   * Present when pictures aren't shown at the decoder's times: `rising`, if some of these aren't after the picture before, which are then
   * shown one tick after it; or, if the container states none or only some, the ticks from each picture to the next; or, if pictures of a
   * constant rate that repeat the one before aren't decoded, the time of the first and the rate.
   */
  times?: "rising" | EvenTimes | ConstantRate;
  /** The ticks by which all pictures have later times than sound that is heard with them. Absent if they have none, as in most containers. */
  late?: number;
  /** Absent for 8 bits in the limited range of BT.709, as most videos are. */
  colour?: SourceColour;
  /**
   * Present when the coding of colours changes on the way, as in broadcasts: the codings in the order in which they come. A chunk begins
   * with each of them. `colour` is then the one that most pictures have.
   */
  colours?: ColourChange[];
}

/** How colours are coded from a timestamp on, in the source's time base. */
export interface ColourChange {
  from: number;
  /** Absent for 8 bits in the limited range of BT.709. */
  colour?: SourceColour;
}

/** The times of pictures that get them by their number. */
export interface EvenTimes {
  /** The ticks from each picture to the next. */
  every: number;
  /** Where there are more, because pictures were dropped. Absent if there are none. */
  gaps?: TimeGap[];
  /** The time of the first picture, with which reading always begins. Absent if reading begins anywhere, with a picture that has its own time. */
  from?: number;
}

/** A gap between two pictures, in the source's time base. */
export interface TimeGap {
  /** When the picture before it is shown. */
  after: number;
  /** How much longer than others that picture is shown. */
  ticks: number;
}

/** The times of pictures in a stream in which none may be missing. */
export interface ConstantRate {
  /** The timestamp of the first picture. */
  from: number;
  /** Pictures per second as a fraction. */
  rate: [number, number];
  /** Pictures that ffmpeg shows too early. Absent if there are none. */
  early?: EarlyPicture[];
}

/** A picture that ffmpeg shows too early, because the file lacks those before it, in the source's time base. */
export interface EarlyPicture {
  /** When ffmpeg shows it. */
  pts: number;
  by: number;
}

/** A recording that follows another one in a transport stream. */
export interface Recording {
  /** The identifier of its pictures' packets, as every job reads them. */
  pid: number;
  /** Bytes before its first picture. */
  from: number;
  /** The timestamp of that picture. */
  pts: number;
}

/** The shape of pixels from a timestamp on, in the source's time base. */
export interface PictureShape {
  from: number;
  /** How wide a pixel is for its height. */
  pixel: [width: number, height: number];
}

/** The part of the stored pictures that is shown, in pixels. */
export interface PictureCrop {
  left: number;
  top: number;
  width: number;
  height: number;
  /** How wide a pixel is for its height. */
  pixel: [width: number, height: number];
}

/** A description of the part of a track's pictures that is shown. */
export interface CleanAperture {
  /** The track's identifier. */
  track: number;
  /** Bytes before the type of its box. */
  at: number;
  /** Absent if there is no such part. The shape of pixels is absent if it is the stream's. */
  crop?: Omit<PictureCrop, "pixel"> & Partial<Pick<PictureCrop, "pixel">>;
}

/** Rotates a picture clockwise, after mirroring it. */
export interface Turn {
  degrees: number;
  mirrored?: true;
  /** Present if pictures state it, and not the container. */
  byPicture?: true;
}

/** How colours are coded, in ffmpeg's names. Defaults replace what the source does not say. */
export interface SourceColour {
  /** Bits of each value. */
  bitDepth: number;
  matrix: string;
  primaries: string;
  /** `smpte2084` is PQ, `arib-std-b67` is HLG; everything else is SDR. */
  transfer: string;
  fullRange: boolean;
  /** ffmpeg's name of the format to convert pictures to first, where its conversion to luma and chroma would be wrong. */
  unpackedFormat?: "rgb24" | "gray";
  /** The display that an HDR source was graded on. */
  mastering?: MasteringDisplay;
  /** Light levels of an HDR source, in cd/m²: its brightest pixel and its brightest picture. */
  light?: { content: number; average: number };
}

/** As in SMPTE ST 2086: chromaticities in units of 0.00002, luminances in units of 0.0001 cd/m². */
export interface MasteringDisplay {
  red: [x: number, y: number];
  green: [x: number, y: number];
  blue: [x: number, y: number];
  white: [x: number, y: number];
  luminance: [min: number, max: number];
}

/**
 * Output timestamps are `(pts * timeBase[0] - origin) + offset` in units of `1 / timescale`, which represents every
 * source timestamp exactly. The offset leaves room before the first picture and sound, so that nothing needs edit lists
 * or negative times.
 */
export interface PlanTimeline {
  timescale: number;
  origin: number;
  offset: number;
}

export interface PlanPart {
  chunks: number;
}

export interface PlanRendition extends LadderRendition {
  /** Even numbers of square pixels, with the source's shape. */
  width: number;
  /** Pixels from top to bottom. Differs from the ladder's `height` in portrait. */
  pictureHeight: number;
  /** The rendition whose jobs encode this one too. Absent on renditions with jobs of their own. */
  encodedWith?: string;
  /** Absent for 8 bits of SDR. */
  colour?: RenditionColour;
}

/** SDR is BT.709, the others BT.2020; all in the limited range. */
export interface RenditionColour {
  bitDepth: 8 | 10;
  range: "SDR" | "PQ" | "HLG";
}

export interface PlanAudio {
  /** Name in output paths: `audio`, then `audio-2`, `audio-3` and so on. */
  name: string;
  /** Index of the stream in the source. */
  stream: number;
  /** Label in the player's menu, different for each track. */
  label: string;
  /** At most the number of the source's channels. */
  channels: number;
  bitrateKbps: number;
  /** As the source states it. */
  language?: string;
  purpose?: AudioPurpose;
}

/** A track to make. */
export type PlannedTrack = ({ kind: "video" } & PlanRendition) | ({ kind: "audio" } & PlanAudio);

/** All tracks of a plan, whatever their kind. */
export function tracksOf({ renditions, audio = [] }: Plan): PlannedTrack[] {
  return [
    ...renditions.map((rendition) => ({ kind: "video" as const, ...rendition })),
    ...audio.map((track) => ({ kind: "audio" as const, ...track })),
  ];
}
