export interface SourceAudio {
  /** Index of the stream in the source. */
  stream: number;
  channels: number;
  /** ffmpeg's name of their layout, for example `5.1(side)`. Absent if the layout is unknown or has no name. */
  layout?: string;
  /** As the source states it: three letters of ISO 639-2 such as `eng`, or the BCP 47 tag that Matroska and MP4 may have besides. */
  language?: string;
  title?: string;
  purpose?: AudioPurpose;
  /** Present when ffmpeg gets the times of some frames wrong if their rate changes. */
  frames?: SourceFrames;
  /**
   * Present where frames have the times of their arrival: the seconds by which some come later than the sound before them ends. The times
   * are those that `frames` corrects.
   */
  jitterSeconds?: number;
}

/** What the times of an audio track's frames are corrected by. */
export interface SourceFrames {
  /** When the first one begins, in seconds. */
  first: number;
  /** Present when several share a timestamp: the seconds after which the demuxer lets one follow another. */
  grouped?: number;
  /** Present for MPEG audio of any layer. */
  mpeg?: true;
  /** The frames that the demuxer gives wrong times, in their order. Absent if there are none. */
  corrected?: FrameRun[];
}

/** Frames of equal length, one after another. */
export interface FrameRun {
  /** The number of the first one in its stream. */
  from: number;
  count: number;
  /** When the first one begins, in seconds. */
  begin: number;
  /** Seconds. */
  length: number;
}

/** An audio track that ffmpeg names but can't decode. */
export interface MissingSound {
  /** Index of the stream in the source. */
  stream: number;
  /** A sentence, beginning with the step that found it. */
  cause: string;
}

/**
 * The purpose of a track other than the main sound: a commentary, or a description for people who can't see the video.
 */
export type AudioPurpose = "commentary" | "description";
