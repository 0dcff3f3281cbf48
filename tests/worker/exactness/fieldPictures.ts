import { writeFile } from "node:fs/promises";

import { ffmpeg } from "../../support/clips";
import { sound } from "./ingredients";

const [WIDTH, HEIGHT] = [96, 64];
const PICTURES = 60;
const GOP = 24;

/** Which pictures are coded as a frame, the others as two fields, and how many fields precede a packet. */
interface Pattern {
  isFrame: (picture: number) => boolean;
  /** An expression of the packet's number. */
  fieldsBefore: string;
}

/** Two of every three pictures are coded as two fields, the third as a frame: five packets last as long as six fields. */
const MIXED: Pattern = { isFrame: (picture) => picture % 3 === 2, fieldsBefore: "6*floor(N/5)+mod(N,5)" };

/** Every picture is coded as two fields. */
export const FIELDS_ONLY: Pattern = { isFrame: () => false, fieldsBefore: "N" };

/** The first half are frames. */
export const LATER: Pattern = { isFrame: (picture) => picture < PICTURES / 2, fieldsBefore: "N+min(N,30)" };

/**
 * Writes H.264 with both kinds of pictures (PAFF), as broadcasters use it. No available encoder makes it, so it is written bit by
 * bit: macroblocks contain uncompressed samples, and everything around them is the minimum that a decoder needs.
 *
 * @see https://www.itu.int/rec/T-REC-H.264 for the names
 */
export async function fieldPictures(path: string, output: readonly string[] = [], pattern = MIXED): Promise<void> {
  const units: Buffer[] = [];
  for (let picture = 0; picture < PICTURES; picture++) {
    for (const field of pattern.isFrame(picture) ? [undefined] : [0, 1]) {
      units.push(unit(0x09, Buffer.from([0xf0])));
      if (picture % GOP === 0 && field !== 1) units.push(unit(0x67, sequence()), unit(0x68, picturesSettings()));
      units.push(codedPicture(picture, field));
    }
  }
  await writeFile(`${path}.h264`, Buffer.concat(units));
  await ffmpeg("-r", "50", "-i", `${path}.h264`, "-c", "copy", `${path}.even.ts`);
  const times = `setts=ts='STARTPTS+if(N,(PTS-STARTPTS)/N*(${pattern.fieldsBefore}),0)'`;
  const inputs = ["-i", `${path}.even.ts`, ...sound()];
  await ffmpeg(...inputs, "-map", "0", "-map", "1", "-c:v", "copy", "-bsf:v", times, ...output, `file:${path}`);
}

function sequence(): Buffer {
  const bits = new Bits();
  // Main profile; no reordering, order by frame_num, one reference.
  bits.fixed([8, 77], [8, 0], [8, 30]).golomb(0, 0, 2, 1).fixed([1, 0]);
  bits.golomb(WIDTH / 16 - 1, HEIGHT / 32 - 1);
  // frame_mbs_only_flag, mb_adaptive_frame_field_flag, direct_8x8_inference_flag, no cropping, and then the duration of fields.
  bits.fixed([1, 0], [1, 0], [1, 1], [1, 0], [1, 1], [4, 0], [1, 1], [32, 1], [32, 50], [1, 1], [3, 0], [1, 1], [1, 1]);
  return bits.golomb(0, 0, 16, 16, 0, 1).end();
}

function picturesSettings(): Buffer {
  // The deblocking filter can be switched off.
  return new Bits()
    .golomb(0, 0)
    .fixed([2, 0])
    .golomb(0, 0, 0)
    .fixed([3, 0])
    .golomb(0, 0, 0)
    .fixed([1, 1], [2, 0])
    .end();
}

/** @param field 0 for the upper field, 1 for the lower field, absent for both as a frame. */
function codedPicture(picture: number, field: number | undefined): Buffer {
  const isKey = picture % GOP === 0 && field !== 1;
  const header = new Bits().golomb(0, 7, 0).fixed([4, (picture % GOP) % 16]);
  header.fixed(
    ...((field === undefined
      ? [[1, 0]]
      : [
          [1, 1],
          [1, field],
        ]) as [number, number][]),
  );
  if (isKey) header.golomb((picture / GOP) % 2).fixed([2, 0]);
  else header.fixed([1, 0]);
  header.golomb(0, 1);
  const rows = HEIGHT / 16 / (field === undefined ? 1 : 2);
  const pieces: Buffer[] = [];
  for (let block = 0; block < (rows * WIDTH) / 16; block++) {
    const at = { x: (block % (WIDTH / 16)) * 16, y: Math.floor(block / (WIDTH / 16)) * 16 };
    pieces.push((block === 0 ? header : new Bits()).golomb(25).aligned(), samples(picture, field, at));
  }
  return unit(isKey ? 0x65 : 0x61, Buffer.concat([...pieces, Buffer.from([0x80])]));
}

/** A slanted pattern that moves with every field. None of its values looks like a start code. */
function samples(picture: number, field: number | undefined, { x, y }: { x: number; y: number }): Buffer {
  const luma = Buffer.alloc(256);
  for (let index = 0; index < 256; index++) {
    const row = y + (index >> 4);
    const line = field === undefined ? row : 2 * row + field;
    const time = 2 * picture + (line % 2);
    luma[index] = 128 + 80 * Math.sin((2 * (x + (index & 15)) + line + 2 * time) / 12);
  }
  return Buffer.concat([luma, Buffer.alloc(64, 100), Buffer.alloc(64, 140)]);
}

/** A NAL unit, in which no start code may appear. */
function unit(header: number, payload: Buffer): Buffer {
  const escaped: number[] = [];
  for (const [index, byte] of payload.entries()) {
    const zeros = escaped.at(-1) === 0 && escaped.at(-2) === 0;
    if (index > 1 && zeros && byte <= 3) escaped.push(3);
    escaped.push(byte);
  }
  return Buffer.from([0, 0, 0, 1, header, ...escaped]);
}

class Bits {
  private text = "";

  /** Appends numbers with the same number of bits. */
  fixed(...numbers: [length: number, value: number][]): this {
    for (const [length, value] of numbers) this.text += value.toString(2).padStart(length, "0");
    return this;
  }

  /** Appends numbers in Exp-Golomb code. */
  golomb(...values: number[]): this {
    for (const value of values) {
      const digits = (value + 1).toString(2);
      this.text += "0".repeat(digits.length - 1) + digits;
    }
    return this;
  }

  aligned(): Buffer {
    const padded = this.text.padEnd(Math.ceil(this.text.length / 8) * 8, "0");
    return Buffer.from(padded.match(/.{8}/g)?.map((byte) => parseInt(byte, 2)) ?? []);
  }

  end(): Buffer {
    return this.fixed([1, 1]).aligned();
  }
}
