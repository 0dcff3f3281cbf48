import { crc32 } from "node:zlib";

import type { ReadUpTo } from "../../storage/readRange";
import { isContainer } from "../ffprobe/isContainer";
import type { ProbeFormat } from "../ffprobe/output";
import { CLUSTER, parseHeader, SEGMENT } from "./elements";

/** The first element of a cluster that has a checksum, and its bytes (RFC 8794, 11.3.1). */
const [CHECKSUM, CHECKSUM_BYTES] = [0xbf, 4];

/** Bytes of an identifier and a size. */
const HEADER = 12;

/** Bytes that are read at a time. */
const PIECE = 1 << 20;

/** A packet with a picture or with sound. */
interface Packet {
  pts: number;
  duration: number;
  position: number;
}

/** A cluster whose contents aren't those that were written, and the time that its pictures and its sound take. All streams have the same ticks. */
export interface BrokenCluster {
  from: number;
  to: number;
}

interface Cluster {
  /** Where its contents begin and end in the file. */
  body: number;
  end: number;
  from: number;
  to: number;
}

/**
 * Checks the clusters of a Matroska file against the checksums that ffmpeg and what is built on it write, while its packets are listed. Few
 * decoders notice a changed bit.
 */
export class ClusterChecksums {
  readonly broken: BrokenCluster[] = [];
  private cluster: Cluster | undefined;
  private begun = false;

  private constructor(
    private readonly read: ReadUpTo,
    private readonly bytes: number,
  ) {}

  /** Undefined in other containers. */
  static of({ read, bytes }: { read: ReadUpTo; bytes: number }, format: ProbeFormat): ClusterChecksums | undefined {
    return isContainer(format, ["matroska"]) ? new ClusterChecksums(read, bytes) : undefined;
  }

  /** Takes the packets in the order of the file. */
  async add({ pts, duration, position }: Packet): Promise<void> {
    if (Number.isNaN(position) || Number.isNaN(pts)) return;
    if (!this.begun) this.cluster = await this.find(0);
    this.begun = true;
    while (this.cluster && position >= this.cluster.end) {
      await this.finish();
      this.cluster = await this.find(this.cluster.end);
    }
    const { cluster } = this;
    if (!cluster || position < cluster.body) return;
    cluster.from = Math.min(cluster.from, pts);
    cluster.to = Math.max(cluster.to, pts + duration);
  }

  /** Checks the cluster that has been read last. */
  async finish(): Promise<void> {
    const { cluster } = this;
    if (!cluster || cluster.from > cluster.to || cluster.end > this.bytes) return;
    const head = await this.read(cluster.body, HEADER + CHECKSUM_BYTES);
    const first = parseHeader(head);
    if (first?.id !== CHECKSUM || first.size !== CHECKSUM_BYTES) return;
    let sum = 0;
    for (let at = cluster.body + first.bytes + CHECKSUM_BYTES; at < cluster.end; at += PIECE) {
      sum = crc32(await this.read(at, Math.min(PIECE, cluster.end - at)), sum);
    }
    if (sum !== head.readUInt32LE(first.bytes)) this.broken.push({ from: cluster.from, to: cluster.to });
  }

  /** The next cluster from a place on. Undefined where there is none, or where it doesn't say how long it is. */
  private async find(from: number): Promise<Cluster | undefined> {
    for (let at = from; at < this.bytes;) {
      const header = parseHeader(await this.read(at, HEADER));
      if (!header) return undefined;
      const body = at + header.bytes;
      if (header.id === CLUSTER) return { body, end: body + header.size, from: Infinity, to: -Infinity };
      // The segment has all other elements within it.
      at = header.id === SEGMENT ? body : body + header.size;
    }
    return undefined;
  }
}
