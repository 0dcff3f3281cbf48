/** What the header of a frame of sound says. */
export interface FrameHeader {
  rate: number;
  samples: number;
}

type Reader = (frame: Buffer) => FrameHeader | undefined;

/** Codecs whose frames state their sample rate. What is no frame gives undefined. */
export const FRAME_HEADERS: Readonly<Record<string, { name: string; read: Reader }>> = {
  ac3: { name: "AC-3", read: readAc3 },
  eac3: { name: "E-AC-3", read: readAc3 },
  dts: { name: "DTS", read: readDts },
  mp2: { name: "MP2", read: readMpeg },
  mp3: { name: "MP3", read: readMpeg },
};

/** Bytes that all headers fit into. */
const HEADER_BYTES = 12;

const AC3_SYNC = 0x0b77;
const AC3_RATES = [48_000, 44_100, 32_000];
const AC3_SAMPLES = 1536;
const BLOCK_SAMPLES = 256;

/** ETSI TS 102 366, 4.4.1, and E.1.3.1 for what comes after version 10. */
function readAc3(frame: Buffer): FrameHeader | undefined {
  if (frame.length < HEADER_BYTES || frame.readUInt16BE(0) !== AC3_SYNC) return undefined;
  const version = (frame[5] as number) >> 3;
  if (version > 10) return readEnhancedAc3(frame);
  const rate = AC3_RATES[(frame[4] as number) >> 6];
  // Versions 9 and 10 have a half and a quarter of the rate.
  return rate === undefined ? undefined : { rate: rate >> Math.max(0, version - 8), samples: AC3_SAMPLES };
}

/** A packet has as many frames as make up six blocks, and further ones with other channels of the same time. */
function readEnhancedAc3(packet: Buffer): FrameHeader | undefined {
  let [rate, samples] = [0, 0];
  for (let at = 0; at + HEADER_BYTES <= packet.length && packet.readUInt16BE(at) === AC3_SYNC;) {
    const [kind, codes] = [packet.readUInt16BE(at + 2), packet[at + 4] as number];
    const [code, blocksCode] = [codes >> 6, (codes >> 4) & 3];
    const halved = AC3_RATES[blocksCode];
    const stated = code === 3 ? halved && halved / 2 : AC3_RATES[code];
    if (stated === undefined) return undefined;
    const blocks = code === 3 ? 6 : ([1, 2, 3, 6][blocksCode] as number);
    // Neither of another programme, nor with channels that another one lacks.
    if (kind >> 11 === 0 || kind >> 11 === 0b10000) [rate, samples] = [stated, samples + blocks * BLOCK_SAMPLES];
    at += 2 * ((kind & 0x7ff) + 1);
  }
  return samples === 0 ? undefined : { rate, samples };
}

const DTS_SYNC = 0x7ffe8001;
const DTS_RATES = [
  0, 8000, 16_000, 32_000, 0, 0, 11_025, 22_050, 44_100, 0, 0, 12_000, 24_000, 48_000, 96_000, 192_000,
];
const DTS_SAMPLES = 32;

/** ETSI TS 102 114, 5.3. */
function readDts(frame: Buffer): FrameHeader | undefined {
  if (frame.length < HEADER_BYTES || frame.readUInt32BE(0) !== DTS_SYNC) return undefined;
  const blocks = ((frame.readUInt16BE(4) >> 2) & 0x7f) + 1;
  const rate = DTS_RATES[((frame[8] as number) >> 2) & 0x0f];
  return rate ? { rate, samples: blocks * DTS_SAMPLES } : undefined;
}

const MPEG_RATES = [44_100, 48_000, 32_000];

/** ISO 11172-3, 2.4.1.3, and ISO 13818-3 with its halved rates, which an extension halves again. */
function readMpeg(frame: Buffer): FrameHeader | undefined {
  if (frame.length < 4 || frame.readUInt16BE(0) >> 5 !== 0x7ff) return undefined;
  const [version, layer] = [((frame[1] as number) >> 3) & 3, ((frame[1] as number) >> 1) & 3];
  const rate = MPEG_RATES[((frame[2] as number) >> 2) & 3];
  if (version === 1 || layer === 0 || layer === 3 || rate === undefined) return undefined;
  const isThird = layer === 1;
  return { rate: rate >> (3 - version - (version === 0 ? 1 : 0)), samples: isThird && version !== 3 ? 576 : 1152 };
}
