import { findBox } from "../../fmp4/boxes";
import { colourInformation } from "../../fmp4/colourInformation";
import { sampleEntry } from "../../fmp4/initSegment";
import type { VideoCodec } from "./videoCodec";

/** The codec as RFC 6381 writes it, from the sample description of an initialisation segment. */
export function videoCodecString(codec: VideoCodec, init: Buffer): string {
  const { type, boxes } = sampleEntry(init, "video");
  if (type !== codec.sampleEntry) throw new Error(`The encoder wrote ${type} where ${codec.sampleEntry} was expected.`);
  const configuration = findBox(boxes, codec.configurationBox).payload;
  return `${type}.${codec.codecParameters(configuration, colourInformation(boxes))}`;
}
