import type { Readable } from "node:stream";

/** Where a job's files are. One driver per URI scheme. */
export interface Storage {
  /** Nothing when there is no such object. */
  stat(uri: string): Promise<StoredObject | undefined>;
  /** The whole of a small object; nothing when there is none. */
  readText(uri: string): Promise<string | undefined>;
  /** The object's bytes from its beginning. Fails when there is no such object. */
  openRead(uri: string): Promise<Readable>;
  /** A stretch of the object, or less where it ends. */
  readRange(uri: string, start: number, length: number): Promise<Buffer>;
  /** What ffmpeg opens to read the object in ranges, without a copy of it on this machine. */
  mediaInput(uri: string): Promise<MediaInput>;
  /** Under its name the object is either whole or, as before, not there. Returns the number of bytes written. */
  write(uri: string, body: Body, options?: WriteOptions): Promise<number>;
  /**
   * Succeeds too when there is nothing to remove, or something else than the etag says.
   *
   * @param etag Of the only object that is removed. Absent means any.
   */
  remove(uri: string, etag?: string): Promise<void>;
  /** Sizes by name of what is directly below a prefix that ends in a slash. */
  list(uri: string): Promise<Map<string, number>>;
  /** Names of the folders directly below a prefix that ends in a slash, without theirs. */
  folders(uri: string): Promise<string[]>;
}

export interface StoredObject {
  bytes: number;
  /** Changes when the content does. */
  etag: string;
}

export interface MediaInput {
  url: string;
  /** The only protocols that ffmpeg may use for it, even if the content refers to others. */
  protocols: string[];
  /** Options that the protocol needs, to be put before the input. */
  options: string[];
}

/**
 * Text, bytes, or bytes as they come; the last is for what is too large to hold. It begins anew each time that it is iterated
 * over, since a write that was refused may be repeated.
 */
export type Body = string | Buffer | AsyncIterable<Buffer>;

export interface WriteOptions {
  /** Tagged as an intermediate, which the bucket's lifecycle rule removes after some days. */
  intermediate?: boolean;
  /**
   * Etag of what this takes the place of, empty for nothing. If anything else is there, `ChangedMeanwhile` is thrown.
   * Absent means that it takes the place of whatever is there.
   */
  replaces?: string;
  /** Of a body that comes piece by piece, when it is known before. */
  bytes?: number;
}
