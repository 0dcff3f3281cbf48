import type { ReadUpTo } from "../../storage/readRange";
import { isContainer } from "../ffprobe/isContainer";
import type { ProbeFormat } from "../ffprobe/output";
import { klvHeaderBytes } from "./klvHeader";

/** What every key begins with (SMPTE ST 298). */
const KEY_PREFIX = Buffer.from("060e2b34", "hex");

/** Bytes of a key and a length, at most. */
const HEADER = 25;

interface Packet {
  stream: number;
  dts: number;
  position: number;
  size: number;
}

/**
 * Finds packets of MXF that lack a part, while they are listed: the length of each leads to the next key. Where bytes are missing, that key
 * is within the packet, and the demuxer goes on behind it without a word.
 */
export class KlvChain {
  /** When packets are decoded that lack a part, by their stream. */
  readonly lost = new Map<number, number[]>();

  private constructor(private readonly read: ReadUpTo) {}

  /** Undefined for other containers. */
  static of(read: ReadUpTo, format: ProbeFormat): KlvChain | undefined {
    return isContainer(format, ["mxf"]) ? new KlvChain(read) : undefined;
  }

  async add({ stream, dts, position, size }: Packet): Promise<void> {
    if (Number.isNaN(position) || Number.isNaN(dts)) return;
    const head = await this.read(position, HEADER);
    // One key may precede all packets of a stream.
    if (!head.subarray(0, KEY_PREFIX.length).equals(KEY_PREFIX)) return;
    const begin = position + klvHeaderBytes(head);
    const end = begin + size;
    const next = await this.read(end, KEY_PREFIX.length);
    if (next.length < KEY_PREFIX.length || next.equals(KEY_PREFIX)) return;
    const value = await this.read(begin, size + KEY_PREFIX.length - 1);
    if (value.includes(KEY_PREFIX)) this.lost.set(stream, [...(this.lost.get(stream) ?? []), dts]);
  }
}
