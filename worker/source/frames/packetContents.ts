import type { MediaInput } from "../../ffmpeg/input";
import type { ProbeStream } from "../ffprobe/output";
import { PacketHeads } from "./packetHeads";

/** Bytes by which a packet is judged. */
const HEAD = 64;

/** Whether a packet shows a picture, judged by its first bytes and its size. */
type Judge = (head: Buffer, size: number) => boolean;

/** The codecs with packets that show none although they aren't empty. */
const JUDGES: Record<string, Judge> = { vp8: showsVp8, mpeg4: showsMpeg4 };

/**
 * Looks into a stream's packets, in the order in which ffprobe lists them, to see which show a picture. An encoder of VP8 stores pictures
 * that only others are predicted from, and one of MPEG-4 says that nothing has changed.
 */
export class PacketContents {
  private constructor(
    private readonly heads: PacketHeads,
    private readonly judge: Judge,
  ) {}

  /** Undefined where every packet that isn't empty shows a picture. */
  static of(input: MediaInput, { index, codec_name = "" }: ProbeStream): PacketContents | undefined {
    const judge = JUDGES[codec_name];
    return judge && new PacketContents(new PacketHeads(input, index, HEAD), judge);
  }

  /** Whether the next packet, which has this size, shows a picture. */
  async shows(size: number): Promise<boolean> {
    const head = await this.heads.next(size);
    return head === undefined || this.judge(head, size);
  }

  close(): void {
    this.heads.close();
  }
}

/** A bit of the frame's tag (RFC 6386, 9.1). */
function showsVp8(head: Buffer): boolean {
  return ((head[0] ?? 0) & 0x10) !== 0;
}

const VOP = Buffer.from("000001b6", "hex");

/** The largest number of bits before the one that says whether a picture is coded: a type, the time in seconds and in parts of one. */
const MAX_BITS = 40;

/**
 * A video object plane may be no more than its time (ISO 14496-2, 6.2.5): a 0 where others are coded, and a 0 and ones up to the end of the
 * byte. How many bits its time has is stated elsewhere.
 */
function showsMpeg4(head: Buffer, size: number): boolean {
  const at = head.indexOf(VOP);
  if (at < 0 || size > HEAD || size - at - VOP.length > MAX_BITS / 8 + 1) return true;
  const bits = [...head.subarray(at + VOP.length, size)].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  // Type, whole seconds, marker, parts of a second, marker, not coded, stuffing.
  return !/^[01]{2}1*01[01]{1,16}100?1{0,7}$/.test(bits) || bits.length % 8 !== 0;
}
