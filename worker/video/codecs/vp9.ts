import type { ColourInformation } from "../../fmp4/colourInformation";
import { vpDisplayBoxes } from "../../fmp4/displayBoxes";
import { libvpx } from "../encoders/libvpx";
import { colourFields, isBt709, twoDigits } from "./colourFields";
import type { VideoCodec } from "./videoCodec";

export const vp9: VideoCodec = {
  encoders: { software: { arguments: libvpx } },
  reordersPictures: false,
  sampleEntry: "vp09",
  configurationBox: "vpcC",
  codecParameters,
  decoderProfile: ([, profile = ""]) => profile,
  displayBoxes: vpDisplayBoxes,
};

/** VP Codec ISO Media File Format Binding: profile, level, bits; and chroma and colours where these are not BT.709. */
function codecParameters(vpcC: Buffer, colours: ColourInformation): string {
  const [profile = 0, level = 0, packed = 0] = vpcC.subarray(4, 7);
  const short = [profile, level, packed >> 4].map(twoDigits);
  if (isBt709(colours)) return short.join(".");
  return [...short, twoDigits((packed >> 1) & 7), ...colourFields(colours), twoDigits(colours.fullRange)].join(".");
}
