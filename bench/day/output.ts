import { readFileSync } from "node:fs";
import { Readable } from "node:stream";

import { FileStorage } from "../../worker/storage/file";
import type { Body, StoredObject, WriteOptions } from "../../worker/storage/storage";

/** Size by name of a track's segments, by the track's directory. */
export type Media = Record<string, Record<string, number>>;

/**
 * Files, except media: a day of segments would fill the disk. Those that are listed in a file consist of zeros, and those that a job writes
 * are only counted.
 */
export class DayOutput extends FileStorage {
  private readonly media: Media;
  private readonly counted = new Map<string, number>();
  private readonly zeros = Buffer.alloc(1 << 20);

  constructor(mediaFile: string) {
    super();
    this.media = JSON.parse(readFileSync(mediaFile, "utf8")) as Media;
  }

  override async stat(uri: string): Promise<StoredObject | undefined> {
    const bytes = this.counted.get(uri);
    return bytes === undefined ? super.stat(uri) : { bytes, etag: String(bytes) };
  }

  override async openRead(uri: string): Promise<Readable> {
    const end = uri.lastIndexOf("/") + 1;
    const bytes = this.media[uri.slice(0, end)]?.[uri.slice(end)];
    return bytes === undefined ? super.openRead(uri) : Readable.from([this.zeros.subarray(0, bytes)]);
  }

  override async list(uri: string): Promise<Map<string, number>> {
    return new Map([...(await super.list(uri)), ...Object.entries(this.media[uri] ?? {})]);
  }

  override async write(uri: string, body: Body, options: WriteOptions = {}): Promise<number> {
    if (!/\.(?:mp4|m4s)$/.test(uri)) return super.write(uri, body, options);
    let bytes = 0;
    if (typeof body === "string" || Buffer.isBuffer(body)) bytes = body.length;
    else for await (const piece of body) bytes += piece.length;
    // A few MP4s are asked for again, but not the segments of a job that writes them.
    if (uri.endsWith(".mp4")) this.counted.set(uri, bytes);
    return bytes;
  }
}
