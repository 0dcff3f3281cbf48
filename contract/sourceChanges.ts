/** Changes with which every job reads the source, so that ffmpeg sees what it would see of a file without faults. */

/** Bytes that are read instead of those of the source. */
export interface BytePatch {
  at: number;
  /** In Base64. */
  bytes: string;
}

/** The pages of Ogg whose positions, which stand for times, are moved. */
export interface MovedPages {
  /** Bytes before the first page that isn't a header. */
  from: number;
  /** What is added to the positions of each stream, by its serial number. */
  streams: { serial: number; by: number }[];
}

/** A change to the packets of a transport stream that have an identifier, from one on until the next change of the same ones. */
export interface PacketEdit {
  pid: number;
  /** Bytes before the first of these packets. */
  from: number;
  /** What is added to their timestamps, which count 90,000ths of a second. */
  ticks?: number;
  /** The identifier that they get instead. */
  becomes?: number;
  /** What they contain instead: a table's section in Base64. */
  section?: string;
  /** Present when another recording begins with the first of them. */
  anew?: true;
}
