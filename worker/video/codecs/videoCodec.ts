import type { ColourInformation } from "../../fmp4/colourInformation";
import type { DisplayMetadata } from "../../fmp4/displayBoxes";
import type { VideoEncoder } from "../encoders/videoEncoder";

/** Everything about a video codec that differs from the others. */
export interface VideoCodec {
  encoders: { software: VideoEncoder; nvenc?: VideoEncoder };
  /** Whether pictures are decoded in another order than shown, by at most two places. */
  reordersPictures: boolean;
  /** Type of the sample entry in MP4, with which the codec string begins (RFC 6381). */
  sampleEntry: string;
  /** Type of the box in the sample entry that holds the decoder's configuration. */
  configurationBox: string;
  /** What follows the sample entry's type in the codec string. */
  codecParameters: (configuration: Buffer, colours: ColourInformation) => string;
  /** What a decoder of the codec may lack, such as 10 bits, from the fields of the codec string. */
  decoderProfile: (fields: readonly string[]) => string;
  /** The codec's brand in `ftyp`. */
  brand?: string;
  /** The boxes in the sample entry that describe the display of an HDR source. ffmpeg writes only how colours are coded. */
  displayBoxes: (metadata: DisplayMetadata) => Buffer[];
}
