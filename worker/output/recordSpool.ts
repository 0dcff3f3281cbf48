import { closeSync, createReadStream, openSync, writeSync } from "node:fs";

import type { Body } from "../storage/storage";
import type { SegmentRecord, TrackRecord } from "./record";

/**
 * A record whose segments wait in a file until it is written. An audio track has one record, and a day of it some millions of samples, which
 * would take memory for each of a video's tracks.
 */
export class RecordSpool {
  private readonly descriptor: number;
  private separator = "";

  /** @param file A new file, whose directory the caller removes. */
  constructor(private readonly file: string) {
    this.descriptor = openSync(file, "wx");
  }

  add(segment: SegmentRecord): void {
    writeSync(this.descriptor, this.separator + JSON.stringify(segment));
    this.separator = ",";
  }

  /** The same text as that of a record with all its segments. Nothing may be added any more. */
  finish(record: Omit<TrackRecord, "segments">): Body {
    closeSync(this.descriptor);
    const empty: TrackRecord = { ...record, segments: [] };
    const [before = "", after = ""] = JSON.stringify(empty).split('"segments":[]');
    const { file } = this;
    return {
      async *[Symbol.asyncIterator]() {
        yield Buffer.from(`${before}"segments":[`);
        yield* createReadStream(file) as AsyncIterable<Buffer>;
        yield Buffer.from(`]${after}`);
      },
    };
  }
}
