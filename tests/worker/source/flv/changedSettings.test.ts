import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { findChangedSettings } from "../../../../worker/source/flv/changedSettings";
import { assertSameSettings } from "../../../../worker/source/refusals/changedSettings";
import { clipDirectory, ffmpeg } from "../../../support/clips";
import { FINE } from "../../exactness/check";
import { planOf } from "../../exactness/inProcess";

/** A tag with these contents, at a time in milliseconds. */
function tag(kind: number, milliseconds: number, ...contents: (number[] | Buffer)[]): Buffer {
  const body = Buffer.concat(contents.map((part) => Buffer.from(part)));
  const [header, behind] = [Buffer.alloc(11), Buffer.alloc(4)];
  header[0] = kind;
  header.writeUIntBE(body.length, 1, 3);
  header.writeUIntBE(milliseconds & 0xffffff, 4, 3);
  behind.writeUInt32BE(header.length + body.length);
  return Buffer.concat([header, body, behind]);
}

const HEADER = Buffer.from("FLV\x01\x05\0\0\0\x09\0\0\0\0", "latin1");
const FLV = { format: { format_name: "flv" }, streams: [] };

/** Settings that differ by a number, and end with four bytes for the length of a unit. */
const settings = (number: number): number[] => [1, number, 0, 30, 0xff, 0xe1, 0, 1, 0x67];
const hevcSettings = (number: number): Buffer => Buffer.concat([Buffer.alloc(21, number), Buffer.from([0xff, 0])]);
const unit = (...bytes: number[]): number[] => [0, 0, 0, bytes.length, ...bytes];

const avc = (kind: number, type: number, ...contents: (number[] | Buffer)[]) => [
  [kind * 16 + 7, type, 0, 0, 0],
  ...contents,
];
const named = (name: string, kind: number, type: number, ...contents: (number[] | Buffer)[]) => [
  [0x80 + kind * 16 + type, ...Buffer.from(name)],
  ...contents,
];
const SLICE = unit(0x65, 1, 2);
const [FIRST, SECOND] = [avc(1, 0, settings(1)), avc(1, 0, settings(2))];
const KEY = avc(1, 1, SLICE);
const INTER = avc(2, 1, unit(0x41, 1));

type Case = [what: string, packets: (number[] | Buffer)[][], found: string | undefined];
const CASES: Case[] = [
  ["the same settings again", [FIRST, KEY, INTER, FIRST, KEY], undefined],
  ["other settings", [FIRST, KEY, INTER, SECOND, INTER, KEY], "H.264 at 0.2"],
  ["other settings that no keyframe follows", [FIRST, KEY, SECOND, INTER], undefined],
  ["other settings that are taken back", [FIRST, KEY, SECOND, FIRST, KEY], undefined],
  ["a second change", [FIRST, KEY, SECOND, FIRST, avc(1, 0, settings(3)), KEY], "H.264 at 0.2"],
  ["settings that are empty", [FIRST, KEY, avc(1, 0, []), KEY], undefined],
  [
    "keyframes that have theirs with them",
    [FIRST, KEY, SECOND, avc(1, 1, unit(9, 16), unit(0x67, 1), SLICE), KEY],
    undefined,
  ],
  [
    "HEVC by its number",
    [
      [[0x1c, 0, 0, 0, 0], hevcSettings(1)],
      [[0x1c, 1, 0, 0, 0], SLICE],
      [[0x1c, 0, 0, 0, 0], hevcSettings(2)],
      [[0x1c, 1, 0, 0, 0], unit(0x26, 1)],
    ],
    "HEVC at 0.12",
  ],
  [
    "HEVC by its name",
    [named("hvc1", 1, 0, hevcSettings(1)), named("hvc1", 1, 0, hevcSettings(2)), named("hvc1", 1, 3, unit(0x26, 1))],
    "HEVC at 0.08",
  ],
  [
    "HEVC by its name that has its settings with it",
    [
      named("hvc1", 1, 0, hevcSettings(1)),
      named("hvc1", 1, 0, hevcSettings(2)),
      named("hvc1", 1, 1, [0, 0, 0], unit(0x42, 1)),
    ],
    undefined,
  ],
  [
    "another codec",
    [named("av01", 1, 0, settings(1)), named("av01", 1, 0, settings(2)), named("av01", 1, 1, SLICE)],
    undefined,
  ],
];

describe("the settings of pictures in an FLV", () => {
  for (const [what, packets, expected] of CASES) {
    it(`${expected === undefined ? "stay" : "change"}: ${what}`, async () => {
      const tags = packets.map((packet, index) => tag(9, 3_600_000 + index * 40, ...packet));
      const bytes = Buffer.concat([HEADER, ...tags]);
      const read = (start: number, length: number) => Promise.resolve(bytes.subarray(start, start + length));
      const found = await findChangedSettings(FLV, read, bytes.length);
      assert.equal(found && `${found.codec} at ${found.seconds}`, expected);
    });
  }

  it("aren't looked for in other containers", async () => {
    const mkv = { ...FLV, format: { format_name: "matroska,webm" } };
    assert.equal(await findChangedSettings(mkv, () => assert.fail(), 100), undefined);
    assertSameSettings("a", undefined);
  });

  it("may not change where decoding has to begin behind that", async () => {
    const { path, remove } = await clipDirectory();
    try {
      const parts: Buffer[] = [];
      for (const [index, profile] of ["high", "baseline"].entries()) {
        const part = join(path, `${profile}.flv`);
        const pictures = ["-f", "lavfi", "-i", "testsrc2=s=96x64:r=25:d=1", "-c:v", "libx264", "-profile:v", profile];
        await ffmpeg(...pictures, "-g", "25", "-bf", "0", "-output_ts_offset", String(index), part);
        const bytes = await readFile(part);
        // Without the header and the first tag, which describes the file.
        parts.push(index === 0 ? bytes : bytes.subarray(13 + 15 + bytes.readUIntBE(14, 3)));
      }
      const file = join(path, "anew.flv");
      await writeFile(file, Buffer.concat(parts));
      await assert.rejects(planOf(file, `${file} out`, FINE), {
        name: "InputError",
        message:
          '"anew.flv" has H.264 whose settings change at 1.0 seconds, and ffmpeg can\'t begin decoding behind that; convert it with: ffmpeg -i IN.flv -c:v libx264 -crf 16 OUT.mp4.',
      });
    } finally {
      await remove();
    }
  });
});
