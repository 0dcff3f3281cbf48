import type { ColourInformation } from "../../fmp4/colourInformation";
import { isoDisplayBoxes } from "../../fmp4/displayBoxes";
import { gopGrid } from "../encoders/gopGrid";
import { nvenc } from "../encoders/nvenc";
import { svtAv1 } from "../encoders/svtAv1";
import { colourFields, isBt709, twoDigits } from "./colourFields";
import type { VideoCodec } from "./videoCodec";

export const av1: VideoCodec = {
  encoders: {
    software: { arguments: svtAv1, gopGrid },
    nvenc: { arguments: nvenc(() => ["-c:v", "av1_nvenc"]) },
  },
  reordersPictures: false,
  sampleEntry: "av01",
  configurationBox: "av1C",
  codecParameters,
  decoderProfile: (fields) => fields[3] ?? "",
  brand: "av01",
  displayBoxes: isoDisplayBoxes,
};

/** AV1 Codec ISO Media File Format Binding, 5: profile, level and tier, bits; and the colours where they are not BT.709. */
function codecParameters(av1C: Buffer, colours: ColourInformation): string {
  const [profileAndLevel, flags] = [av1C.readUInt8(1), av1C.readUInt8(2)];
  const bits = flags & 0x40 ? (flags & 0x20 ? 12 : 10) : 8;
  const tier = flags & 0x80 ? "H" : "M";
  const short = [String(profileAndLevel >> 5), twoDigits(profileAndLevel & 0x1f) + tier, twoDigits(bits)];
  if (isBt709(colours)) return short.join(".");
  const sampling = `${(flags >> 3) & 1}${(flags >> 2) & 1}${flags & 3}`;
  return [...short, (flags >> 4) & 1, sampling, ...colourFields(colours), colours.fullRange].join(".");
}
