import { isoDisplayBoxes } from "../../fmp4/displayBoxes";
import { nvenc } from "../encoders/nvenc";
import { x265 } from "../encoders/x265";
import type { VideoCodec } from "./videoCodec";

export const hevc: VideoCodec = {
  encoders: {
    software: { arguments: x265 },
    nvenc: {
      arguments: nvenc(({ colour }) => {
        const profile = colour?.bitDepth === 10 ? "main10" : "main";
        return ["-c:v", "hevc_nvenc", "-tag:v", "hvc1", "-profile:v", profile];
      }),
    },
  },
  reordersPictures: true,
  sampleEntry: "hvc1",
  configurationBox: "hvcC",
  codecParameters,
  decoderProfile: ([, profile = ""]) => profile,
  displayBoxes: isoDisplayBoxes,
};

/** ISO/IEC 14496-15, E.3: profile, compatible profiles backwards, tier and level, and constraints up to the last set one. */
function codecParameters(hvcC: Buffer): string {
  const space = ["", "A", "B", "C"][hvcC.readUInt8(1) >> 6] ?? "";
  const profile = hvcC.readUInt8(1) & 0x1f;
  const tier = hvcC.readUInt8(1) & 0x20 ? "H" : "L";
  const constraints = [...hvcC.subarray(6, 12)];
  while (constraints.at(-1) === 0) constraints.pop();
  return [
    `${space}${profile}`,
    reverseBits(hvcC.readUInt32BE(2)).toString(16).toUpperCase(),
    `${tier}${hvcC.readUInt8(12)}`,
    ...constraints.map((byte) => byte.toString(16).toUpperCase()),
  ].join(".");
}

function reverseBits(bits: number): number {
  let result = 0;
  for (let bit = 0; bit < 32; bit++) result = (result << 1) | ((bits >>> bit) & 1);
  return result >>> 0;
}
