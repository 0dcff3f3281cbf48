import type { MediaInput } from "../../ffmpeg/input";
import { traceHeaders } from "../../ffmpeg/traceHeaders";
import type { ProbeStream } from "../ffprobe/output";
import { unitsIn } from "../picture/units";
import { PacketHeads } from "./packetHeads";

/** Bytes: more than the parameters and messages that come before a picture. */
const HEAD = 4096;

/** Types of units of H.264 (ISO/IEC 14496-10, table 7-1): slices of a picture, and what is said of all pictures. */
const SLICES = [1, 2, 5];
const SEQUENCE = 7;

/** Bytes of a slice in which its header says to which picture it belongs. */
const HEADER = 24;

const NUMBER_LENGTH = /log2_max_frame_num_minus4 .* = (\d+)$/;

export interface CodedFieldsOptions {
  input: MediaInput;
  video: ProbeStream;
  /** The file's name in messages. */
  name: string;
}

/** Tells by what packets of H.264 contain which have the second field of a picture (ISO/IEC 14496-10, 7.4.1.2.4). */
export class CodedFields {
  private readonly heads: PacketHeads;
  /** The bits of a picture's number. Not read before the first packet is listed, and undefined if it can't be. */
  private numberLength: Promise<number | undefined> | undefined;
  private sequence: Buffer | undefined;
  /** Whether numbers may have another length from here on. */
  private isOther = false;
  private first: string | undefined;

  constructor(private readonly options: CodedFieldsOptions) {
    this.heads = new PacketHeads(options.input, options.video.index, HEAD);
  }

  /** Whether the next packet, which has this size, has the field that belongs to that of the packet before. Undefined if it doesn't say. */
  async isSecond(size: number): Promise<boolean | undefined> {
    const head = await this.heads.next(size);
    const length = await (this.numberLength ??= this.readNumberLength());
    const slice = head && this.sliceIn(head);
    if (slice === undefined || length === undefined || this.isOther) return undefined;
    const isSecond = this.first !== undefined && arePair(this.first, slice, length);
    this.first = isSecond ? undefined : slice;
    return isSecond;
  }

  close(): void {
    this.heads.close();
  }

  /** The bits of the first slice's header from the picture's number on. */
  private sliceIn(head: Buffer): string | undefined {
    for (const unit of unitsIn(head)) {
      const type = (unit[0] ?? 0) & 0x1f;
      if (type === SEQUENCE) {
        this.sequence ??= unit;
        this.isOther = !unit.equals(this.sequence);
      }
      if (SLICES.includes(type)) return numberOnwards(unit);
    }
    return undefined;
  }

  private async readNumberLength(): Promise<number | undefined> {
    const { input, video, name } = this.options;
    let length: number | undefined;
    await traceHeaders(input, video.index, name, (line) => {
      const [, more] = NUMBER_LENGTH.exec(line) ?? [];
      if (more !== undefined) length ??= 4 + Number(more);
    });
    return length;
  }
}

/** Whether two slices have the same number, and are of different fields. */
function arePair(first: string, second: string, numberLength: number): boolean {
  const upToParity = numberLength + 1;
  const isSameNumber = first.slice(0, upToParity) === second.slice(0, upToParity);
  return isSameNumber && first[numberLength] === "1" && first[upToParity] !== second[upToParity];
}

/** The bits behind three numbers in Exp-Golomb code: the slice's place and type, and the parameters of the picture (7.3.3). */
function numberOnwards(slice: Buffer): string {
  const unescaped = Buffer.from(slice.toString("latin1", 1, HEADER).replaceAll("\0\0\x03", "\0\0"), "latin1");
  let bits = [...unescaped].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  for (let count = 0; count < 3; count++) bits = bits.slice(2 * bits.indexOf("1") + 1);
  return bits;
}
