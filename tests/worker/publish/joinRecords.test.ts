import assert from "node:assert/strict";

import { initSegment, segmentName } from "../../../contract/outputs";
import { encodeMark } from "../../../worker/output/encode";
import type { OwnedOutput } from "../../../worker/output/ownedOutput";
import type { SegmentRecord, TrackRecord } from "../../../worker/output/record";
import { joinRecords } from "../../../worker/publish/tracks/track";

const ENCODE = { fingerprint: "8afd6755", encodedBy: { ffmpeg: "5.1.9", libavcodec: "59", encoder: "libx264" } };
const MARK = encodeMark(ENCODE);

/** A segment of one GOP with a picture of each size, a second each. */
function segment(time: number, sizes: number[]): SegmentRecord {
  const bytes = 124 + sizes.reduce((sum, size) => sum + size, 0);
  const duration = sizes.length * 1000;
  const runs = { durations: [[sizes.length, 1000]], compositions: [[sizes.length, 2000]] } satisfies Partial<
    SegmentRecord["fragments"][number]
  >;
  return {
    ...{ name: segmentName(MARK, time), time, bytes, duration },
    fragments: [{ offset: 24, dataOffset: 124, duration, sizes, ...runs }],
  };
}

function record(segments: SegmentRecord[], sha256 = "0a"): TrackRecord {
  const samples = segments.reduce((sum, { fragments }) => sum + fragments[0]!.sizes.length, 0);
  const start = segments[0]!.time;
  return {
    ...{ version: 1, ...ENCODE, samples, timescale: 1000, start, end: start + samples * 1000 },
    init: { bytes: 3, sha256 },
    segments,
  };
}

const WHOLE = [record([segment(10_000, [5, 1]), segment(12_000, [6])]), record([segment(13_000, [7, 2])])];

/** An output in which these segments are. */
function outputWith(records: readonly TrackRecord[]): OwnedOutput {
  const segments = records.flatMap((one) => one.segments);
  const files = new Map([[initSegment(MARK), 3], ...segments.map(({ name, bytes }) => [name, bytes] as const)]);
  return {
    uri: (path: string) => `file:///out/${path}`,
    list: () => Promise.resolve(files),
    readBytes: () => Promise.resolve(Buffer.from("moo")),
  } as unknown as OwnedOutput;
}

/** Joins records that are different ones each time they are read. */
function join(output: OwnedOutput, ...versions: (readonly TrackRecord[])[]) {
  return joinRecords(output, "720p", async function* () {
    yield* await Promise.resolve(versions.length > 1 ? versions.shift()! : versions[0]!);
  });
}

describe("joinRecords", () => {
  it("describes a track, and reads its samples again where they are asked for", async () => {
    const { segments, tables, samples, start, duration } = await join(outputWith(WHOLE), WHOLE);
    assert.deepEqual(
      [...segments].map(({ time, bytes }) => [time, bytes]),
      [
        [10_000, 130],
        [12_000, 130],
        [13_000, 133],
      ],
    );
    assert.deepEqual({ samples, start, duration }, { samples: 5, start: 10_000, duration: 5000 });
    assert.deepEqual(tables.counts, { sizes: 5, durations: 2, compositions: 2 });
    assert.equal(tables.delay, 2000);
    const { sizes } = await tables.readTables();
    assert.equal(Buffer.concat([...sizes.pieces()]).toString("hex"), "0000000500000001000000060000000700000002");
  });

  it("counts the segments of all records that are not there as they were", async () => {
    const cut = [WHOLE[0]!, record([segment(13_000, [7, 1])])];
    await assert.rejects(join(outputWith([cut[1]!]), WHOLE), {
      message: `3 segments of 720p are missing or cut off, the first is ${segmentName(MARK, 10_000)}; run its jobs again.`,
    });
  });

  it("fails if chunks were encoded in different ways", async () => {
    const other = [WHOLE[0]!, record(WHOLE[1]!.segments, "0b")];
    await assert.rejects(join(outputWith(WHOLE), other), {
      message:
        "The chunks of 720p were encoded in different ways; remove file:///out/hls/720p/ and run its transcode jobs again.",
    });
  });

  const changes: [what: string, later: TrackRecord][] = [
    ["a segment has another size", record([segment(13_000, [7, 3])])],
    ["its pictures share its bytes in another way", record([segment(13_000, [6, 2, 1])])],
    ["there is another segment", record([segment(13_000, [7, 2]), segment(15_000, [1])])],
    ["there is one segment less", { ...record([segment(13_000, [7, 2])]), segments: [] }],
  ];
  for (const [what, later] of changes) {
    it(`fails if, when it is read again, ${what}`, async () => {
      const { tables } = await join(outputWith(WHOLE), WHOLE, [WHOLE[0]!, later]);
      await assert.rejects(tables.readTables(), {
        message: "The records of 720p changed while it was packaged; run the package job again.",
      });
    });
  }
});
