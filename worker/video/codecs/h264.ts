import { isoDisplayBoxes } from "../../fmp4/displayBoxes";
import { nvenc } from "../encoders/nvenc";
import { x264 } from "../encoders/x264";
import type { VideoCodec } from "./videoCodec";

export const h264: VideoCodec = {
  encoders: {
    software: { arguments: x264 },
    nvenc: { arguments: nvenc(() => ["-c:v", "h264_nvenc", "-profile:v", "high"]) },
  },
  reordersPictures: true,
  sampleEntry: "avc1",
  configurationBox: "avcC",
  codecParameters: (avcC) => avcC.toString("hex", 1, 4),
  decoderProfile: () => "",
  brand: "avc1",
  displayBoxes: isoDisplayBoxes,
};
