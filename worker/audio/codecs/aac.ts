import { findBox } from "../../fmp4/boxes";
import { sampleEntry } from "../../fmp4/initSegment";
import type { AudioCodec } from "./audioCodec";

/** AAC-LC by ffmpeg's own encoder. */
export const aac: AudioCodec = {
  arguments: ({ bitrateKbps }) => ["-c:a", "aac", "-b:a", `${bitrateKbps}k`],
  sampleRate: 48_000,
  frameSamples: 1024,
  primingFrames: 1,
  codecString: (init) => {
    const { type, boxes } = sampleEntry(init, "audio");
    const { payload } = findBox(boxes, "esds");
    return `${type}.40.${audioObjectType(payload.subarray(4))}`;
  },
};

const DECODER_SPECIFIC_INFO = 0x05;
const HEADER_LENGTHS: Record<number, number> = { 0x03: 3, 0x04: 13 };

/** Walks the nested descriptors of ISO/IEC 14496-1 down to the AudioSpecificConfig, whose first five bits are the type. */
function audioObjectType(descriptors: Buffer): number {
  let at = 0;
  while (at < descriptors.length) {
    const tag = descriptors.readUInt8(at++);
    while (descriptors.readUInt8(at++) & 0x80);
    if (tag === DECODER_SPECIFIC_INFO) return descriptors.readUInt8(at) >> 3;
    at += HEADER_LENGTHS[tag] ?? 0;
  }
  throw new Error("The audio's descriptors hold no decoder configuration.");
}
