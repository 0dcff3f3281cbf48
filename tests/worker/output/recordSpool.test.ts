import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { SegmentRecord, TrackRecord } from "../../../worker/output/record";
import { RecordSpool } from "../../../worker/output/recordSpool";

const RECORD: Omit<TrackRecord, "segments"> = {
  ...{ version: 1, fingerprint: "8afd6755", samples: 3, timescale: 48_000, start: 480_000, end: 483_072 },
  // What looks like the place of the segments inside a text is none.
  encodedBy: { ffmpeg: '"segments":[]', libavcodec: "59", encoder: "aac" },
  init: { bytes: 700, sha256: "0a1b" },
};

function segment(time: number): SegmentRecord {
  const fragment = { offset: 24, dataOffset: 124, duration: 1024, sizes: [371], durations: [], compositions: [] };
  return { name: `${time}-8afd6755.m4s`, time, bytes: 495, duration: 1024, fragments: [fragment] };
}

describe("RecordSpool", () => {
  let directory: string;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), "video-spool-"));
  });
  after(() => rm(directory, { recursive: true }));

  for (const segments of [[], [segment(480_000)], [480_000, 481_024, 482_048].map(segment)]) {
    it(`makes the text of a record with ${segments.length} segments, as often as it is asked for`, async () => {
      const spool = new RecordSpool(join(directory, String(segments.length)));
      segments.forEach((one) => spool.add(one));
      const body = spool.finish({ ...RECORD, job: "7" }) as AsyncIterable<Buffer>;
      for (let time = 0; time < 2; time++) {
        const pieces: Buffer[] = [];
        for await (const piece of body) pieces.push(piece);
        assert.equal(Buffer.concat(pieces).toString(), JSON.stringify({ ...RECORD, job: "7", segments }));
      }
    });
  }
});
