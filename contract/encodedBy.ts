/**
 * What made a track: an ffmpeg, and one of its encoders. Pieces from different encoders can't be joined: players read a
 * track's headers once, and decode pieces of another encoder wrongly with them. ffmpeg's version counts whatever the encoder
 * is, because its scaler and filters make the pictures.
 *
 * ffmpeg's configuration does not count: distributions build one version with different libraries for each architecture, and
 * the parts of a rendition may run on queues with different architectures. Pieces from two builds of one version with the
 * same encoder can be joined.
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
