/**
 * Who made a track: an ffmpeg, and one of its encoders. Pieces of different ones don't go together: players read the headers of a
 * track once, and what is decoded by those of another encoder may be anything. ffmpeg's version counts whatever the encoder is, for its
 * scaler and its filters make the pictures.
 *
 * How ffmpeg was configured does not count: distributions build one version for every architecture with other libraries, and the parts
 * of a rendition may run on queues of different ones. Two builds of one version with the same encoder join.
 */
export interface EncodedBy {
  /** The version of ffmpeg as its build calls itself, with the package's revision: `5.1.9-0+deb12u1`. */
  ffmpeg: string;
  /** The version of the library that ffmpeg ran with. */
  libavcodec: string;
  /** In ffmpeg's words, for example `libx264`. */
  encoder: string;
  /** The version of the encoder's library. Absent where it has none of its own, or doesn't say it. */
  library?: string;
}
