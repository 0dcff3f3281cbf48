import assert from "node:assert/strict";

import type { Probe } from "../../../../worker/source/ffprobe/output";
import { assertStoredOrder } from "../../../../worker/source/refusals/orderedChapters";
import { element } from "../matroska/element";

const SECONDS = 6;

function time(id: number, seconds: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(Math.round(seconds * 1e9)));
  return element(id, bytes);
}

const chapter = (from: number, to: number, ...others: Buffer[]): Buffer =>
  element(0xb6, time(0x91, from), time(0x92, to), ...others);
const OTHER_FILE = element(0x6e67, Buffer.alloc(16));

const edition = (isOrdered: boolean, ...chapters: Buffer[]): Buffer =>
  element(0x45b9, element(0x45dd, Number(isOrdered)), ...chapters);

/** The chapters are behind the media if they are `late`. The index of the parts is always there. */
function judge(editions: Buffer[], { late = false, format = "matroska,webm" } = {}): Promise<void> {
  const chapters = element(0x1043a770, ...editions);
  const media = element(0x1f43b675, Buffer.alloc(100));
  // Its length doesn't depend on the position.
  const index = (position: number): Buffer => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(position);
    const seek = element(0x4dbb, element(0x53ab, Buffer.from("1043a770", "hex")), element(0x53ac, bytes));
    return element(0x114d9b74, seek);
  };
  const behind = index(0).length + (late ? media.length : 0);
  const parts = late ? [index(behind), media, chapters] : [index(behind), chapters, media];
  const bytes = Buffer.concat([element(0x1a45dfa3), element(0x18538067, ...parts)]);
  const probed = { format: { format_name: format, duration: String(SECONDS) }, streams: [] } as unknown as Probe;
  return assertStoredOrder('"a.mkv"', probed, (start, length) =>
    Promise.resolve(bytes.subarray(start, start + length)),
  );
}

const NOT_FOLLOWED =
  '"a.mkv" has ordered chapters that leave out or move parts of it, and they aren\'t followed; export it again as one video without ordered chapters.';
const ELSEWHERE =
  '"a.mkv" has ordered chapters that play parts of other files, which aren\'t there; export it again as one video without ordered chapters.';

const CASES: [what: string, editions: Buffer[], message?: string][] = [
  ["none", []],
  ["chapters to jump to", [edition(false, chapter(0, 2), chapter(4, 6))]],
  ["ordered ones that play all", [edition(true, chapter(0, 2), chapter(2, 5.9))]],
  ["ordered ones that leave out the middle", [edition(true, chapter(0, 2), chapter(4, 6))], NOT_FOLLOWED],
  ["ordered ones that leave out the beginning", [edition(true, chapter(1, 6))], NOT_FOLLOWED],
  ["ordered ones that leave out the end", [edition(true, chapter(0, 2), chapter(2, 4))], NOT_FOLLOWED],
  [
    "ordered ones that go back",
    [edition(false, chapter(0, 6)), edition(true, chapter(3, 6), chapter(0, 3))],
    NOT_FOLLOWED,
  ],
  ["ordered ones of other files", [edition(true, chapter(0, 2), chapter(0, 2, OTHER_FILE), chapter(2, 6))], ELSEWHERE],
];

describe("chapters of Matroska", () => {
  for (const [what, editions, message] of CASES) {
    for (const late of [false, true]) {
      it(`${message === undefined ? "are read" : "are refused"}${late ? ", behind the media" : ""}: ${what}`, async () => {
        if (message === undefined) await judge(editions, { late });
        else await assert.rejects(judge(editions, { late }), { name: "InputError", message });
      });
    }
  }

  it("aren't looked for in other containers", () => judge([edition(true, chapter(3, 6))], { format: "mpegts" }));
});
