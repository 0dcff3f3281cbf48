import type { FrameHeader } from "./frameHeaders";
import { AAC_SAMPLES } from "./monoFrames";
import { AAC_RATES } from "./sampleRates";

const ADTS_SYNC = 0xfff;

/** The header of ADTS (ISO 14496-3, 1.A.2). */
export function readAdts(frame: Buffer): FrameHeader | undefined {
  if (frame.length < 7 || frame.readUInt16BE(0) >> 4 !== ADTS_SYNC) return undefined;
  const rate = AAC_RATES[((frame[2] as number) >> 2) & 0x0f];
  const blocks = ((frame[6] as number) & 3) + 1;
  return rate === undefined ? undefined : { rate, samples: blocks * AAC_SAMPLES };
}

const LOAS_SYNC = 0x2b7;

/** Object types with an extension that doubles the rate of their core, and the one that stands for longer numbers. */
const [REPLICATED, PARAMETRIC, ESCAPE] = [5, 29, 31];
/** The index that stands for a rate in full. */
const EXPLICIT = 15;

/** The header of LOAS (ISO 14496-3, 1.7.2) with the settings of its frames. Most frames have them, others those of the frame before. */
export function loasReader(): (frame: Buffer) => FrameHeader | undefined {
  let known: FrameHeader | undefined;
  return (frame) => {
    if (frame.length < 12 || frame.readUInt16BE(0) >> 5 !== LOAS_SYNC) return undefined;
    const isAsBefore = ((frame[3] as number) & 0x80) !== 0;
    if (!isAsBefore) known = readSettings(frame);
    return known;
  };
}

/** ISO 14496-3, 1.7.3.1 and 1.6.2.1: those of one programme with one layer. */
function readSettings(frame: Buffer): FrameHeader | undefined {
  let at = 25;
  const bits = (count: number): number => {
    let value = 0;
    for (const end = at + count; at < end; at++) value = value * 2 + (((frame[at >> 3] ?? 0) >> (7 - (at & 7))) & 1);
    return value;
  };
  const objectType = (): number => {
    const type = bits(5);
    return type === ESCAPE ? 32 + bits(6) : type;
  };
  const sampleRate = (): number | undefined => {
    const index = bits(4);
    return index === EXPLICIT ? bits(24) : AAC_RATES[index];
  };
  const version = bits(1);
  bits(1);
  const frames = bits(6) + 1;
  if (version !== 0 || bits(7) !== 0) return undefined;
  const type = objectType();
  const rate = sampleRate();
  bits(4);
  if (type === REPLICATED || type === PARAMETRIC) {
    sampleRate();
    objectType();
  }
  const isShort = bits(1) === 1;
  return rate === undefined ? undefined : { rate, samples: frames * (isShort ? 960 : AAC_SAMPLES) };
}
