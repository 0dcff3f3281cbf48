import type { Readable } from "node:stream";

/** Access to a job's files. There is one driver for each URI scheme. */
export interface Storage {
  /** Returns undefined when there is no such object. */
  stat(uri: string): Promise<StoredObject | undefined>;
  /** Reads a small object completely. Returns undefined when there is none. */
  readText(uri: string): Promise<string | undefined>;
  /** Opens the object for reading from its beginning. Fails when there is no such object. */
  openRead(uri: string): Promise<Readable>;
  /** Reads exactly this range. Throws a `JobError` if there is no such object any more, or another one. */
  readRange(uri: string, range: ObjectRange, signal?: AbortSignal): Promise<Buffer>;
  /** Writes atomically: the object is either complete, or whatever was there before stays. Returns the number of bytes written. */
  write(uri: string, body: Body, options?: WriteOptions): Promise<number>;
  /**
   * Also succeeds when there is nothing to remove, or the object has another etag.
   *
   * @param etag If given, only an object with this etag is removed.
   */
  remove(uri: string, etag?: string): Promise<void>;
  /** The sizes, by name, of the objects directly below a prefix that ends in a slash. */
  list(uri: string): Promise<Map<string, number>>;
  /** The names, without a slash, of the folders directly below a prefix that ends in one. */
  folders(uri: string): Promise<string[]>;
}

export interface StoredObject {
  bytes: number;
  /** Changes whenever the content does. */
  etag: string;
}

/** A range of the object that has this etag, not of any other that replaces it. */
export interface ObjectRange {
  etag: string;
  start: number;
  length: number;
}

/**
 * Text, bytes, or a stream of bytes if they are too many for memory. Each iteration of a stream has to start from the beginning, since a
 * rejected write may be repeated.
 */
export type Body = string | Buffer | AsyncIterable<Buffer>;

export interface WriteOptions {
  /** Whether to tag it as an intermediate, which the bucket's lifecycle rule removes after some days. */
  intermediate?: boolean;
  /**
   * The etag of the object to replace, or an empty string if there must be none. If anything else is there, `PreconditionFailed` is
   * thrown. Without an etag, whatever is there is replaced.
   */
  replaces?: string;
  /** The size of a streamed body, if it is known in advance. */
  bytes?: number;
}
