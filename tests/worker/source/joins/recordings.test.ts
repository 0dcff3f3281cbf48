import assert from "node:assert/strict";

import type { PlanSource } from "../../../../contract/plan";
import type { PacketEdit } from "../../../../contract/sourceChanges";
import { RecordingFinder } from "../../../../worker/source/frames/recordingFinder";
import { recordingAt, recordingOf } from "../../../../worker/source/joins/recordings";

const EDITS: PacketEdit[][] = [
  [{ pid: 4096, from: 0, section: "" }],
  [
    { pid: 256, from: 0, ticks: 0 },
    { pid: 512, from: 1880, ticks: -90, becomes: 256, anew: true },
    { pid: 256, from: 3760, ticks: -180, anew: true },
  ],
];
const RECORDINGS = [
  { pid: 256, from: 1880, pts: 5000 },
  { pid: 256, from: 3760, pts: 9000 },
];

function find(codec_name: string, ...positions: number[]) {
  const finder = new RecordingFinder(EDITS, { index: 0, codec_type: "video", codec_name, time_base: "1/90000" });
  for (const position of positions) finder.add({ position, pts: position === 1880 ? 5000 : 9000 });
  return finder.found;
}

describe("recordings whose pictures are numbered regardless of those before", () => {
  it("begin with the pictures that edits name, also where positions are counted from within a packet", () => {
    assert.deepEqual(find("hevc", 0, 1880, 2068, 3756, 3948), RECORDINGS);
  });

  it("are none in codecs that need no numbers", () => assert.deepEqual(find("mpeg2video", 0, 1880, 3760), []));

  const source = { uri: "", etag: "e", bytes: 9400, edits: EDITS, recordings: RECORDINGS } as unknown as PlanSource;

  it("are read alone: without pictures of those before, and up to the next", () => {
    const read = [0, 4999, 5000, 8999, 9000].map((pts) => {
      const { bytes, edits } = recordingOf(source, recordingAt(source, pts));
      return [bytes, edits?.slice(2)];
    });
    const from = (at: number) => [
      [
        { pid: 256, from: 0, becomes: 0x1fff },
        { pid: 256, from: at },
      ],
    ];
    assert.deepEqual(read, [
      [1880, []],
      [1880, []],
      [3760, from(1880)],
      [3760, from(1880)],
      [9400, from(3760)],
    ]);
  });

  it("are read whole where there is one", () => {
    const alone = { ...source, recordings: [] };
    assert.deepEqual(recordingOf(alone, recordingAt(alone, 5000)), alone);
  });
});
