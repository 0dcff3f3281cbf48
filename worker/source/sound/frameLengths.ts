import { loasReader, readAdts } from "./aacConfig";
import { FRAME_HEADERS, type FrameHeader } from "./frameHeaders";

/** Reads how many seconds each frame of a stream lasts. Undefined for codecs whose frames don't say it. */
export function lengthReader(codec: string): ((frame: Buffer) => number | undefined) | undefined {
  const read = headerReader(codec);
  return (
    read &&
    ((frame) => {
      const header = read(frame);
      return header && header.samples / header.rate;
    })
  );
}

function headerReader(codec: string): ((frame: Buffer) => FrameHeader | undefined) | undefined {
  if (codec === "aac") return readAdts;
  if (codec === "aac_latm") return loasReader();
  return FRAME_HEADERS[codec]?.read;
}
