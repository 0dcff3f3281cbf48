import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { type BrokenTag, findBrokenTags, hasMedia, joinRanges } from "../../../../worker/source/flv/brokenTags";
import type { Damage } from "../../../../contract/damage";
import { FILE_HEADER, TAG_END, TAG_HEADER } from "../../../../worker/source/flv/tagHeader";
import { clipDirectory, ffmpeg } from "../../../support/clips";
import { FINE } from "../../exactness/check";
import { planOf } from "../../exactness/inProcess";

/** What writers state behind a tag instead of its length, which ffmpeg takes too: by the bytes of its contents, and of all tags so far. */
const OTHER_LENGTHS: [what: string, state: (contents: number, all: number) => number][] = [
  ["leave out that of the header", (contents) => contents],
  ["are those of all tags so far", (_, all) => all],
];

function withOtherLengths(bytes: Buffer, state: (contents: number, all: number) => number): Buffer {
  const changed = Buffer.from(bytes);
  for (let at = FILE_HEADER, all = 0; at < changed.length;) {
    const contents = changed.readUIntBE(at + 1, 3);
    const end = at + TAG_HEADER + contents;
    all += TAG_HEADER + contents;
    changed.writeUInt32BE(state(contents, all), end);
    at = end + TAG_END;
  }
  return changed;
}

describe("an FLV that lacks a piece", () => {
  let path: string;
  let remove: () => Promise<void>;
  let whole: Buffer;
  before(async () => {
    ({ path, remove } = await clipDirectory());
    const file = join(path, "whole.flv");
    // So few bytes a second that pictures and sound jump together, as where another recording begins.
    const pictures = ["-f", "lavfi", "-i", "color=gray:s=192x128:r=25:d=6", "-c:v", "libx264", "-preset", "ultrafast"];
    const tone = ["-f", "lavfi", "-i", "sine=d=6", "-c:a", "aac", "-b:a", "32k"];
    await ffmpeg(
      ...pictures.slice(0, 4),
      ...tone.slice(0, 4),
      ...pictures.slice(4),
      ...tone.slice(4),
      "-g",
      "25",
      file,
    );
    whole = await readFile(file);
  });
  after(() => remove());

  for (const share of [0.2, 0.4, 0.8]) {
    it(`is damaged there, and no second recording begins, at ${100 * share} %`, async () => {
      const at = Math.floor(whole.length * share);
      const file = join(path, `${share}.flv`);
      await writeFile(file, Buffer.concat([whole.subarray(0, at), whole.subarray(at + 5000)]));
      const { damage = [] } = await planOf(file, `${file} out`, FINE, 1);
      const seconds = (6 * 5000) / whole.length;
      for (const what of ["the file has a hole", "the file has a hole in its sound"]) {
        const total = damage
          .filter((one) => one.what === what || one.what.startsWith(`${what},`))
          .reduce((sum, { fromSeconds, toSeconds }) => sum + toSeconds - fromSeconds, 0);
        assert.ok(Math.abs(total - seconds) < 0.35, `${what}: ${total} of ${seconds} s`);
      }
    });
  }

  /** The tags of pictures in the whole file. */
  function pictureTags(): { at: number; end: number; time: number }[] {
    const tags: { at: number; end: number; time: number }[] = [];
    for (let at = 13; at < whole.length;) {
      const end = at + 15 + whole.readUIntBE(at + 1, 3);
      if (whole[at] === 9 && whole[at + 12] === 1) tags.push({ at, end, time: whole.readUIntBE(at + 4, 3) / 1000 });
      at = end;
    }
    return tags;
  }

  async function damageOf(name: string, bytes: Buffer, maxDamagedShare = 1): Promise<Damage[]> {
    const file = join(path, name);
    await writeFile(file, bytes);
    return (await planOf(file, `${file} out`, FINE, maxDamagedShare)).damage ?? [];
  }

  for (const [what, state] of OTHER_LENGTHS) {
    it(`is damaged there, and nowhere else, where the lengths behind tags ${what}`, async () => {
      const [file, holed] = [join(path, "lengths.flv"), join(path, "holed.flv")];
      const bytes = withOtherLengths(whole, state);
      await writeFile(file, bytes);
      assert.equal((await planOf(file, `${file} out`, FINE, 0)).damage, undefined);
      const at = Math.floor(bytes.length / 2);
      await writeFile(holed, Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 5000)]));
      const { damage = [] } = await planOf(holed, `${holed} out`, FINE, 1);
      assert.ok(damage.length > 0 && damage.every(({ fromSeconds }) => fromSeconds > 1), JSON.stringify(damage));
    });
  }

  it("and garbage in place of a tag, is damaged from there on, since ffmpeg takes all the rest for it", async () => {
    const { at, end, time } = pictureTags()[90]!;
    const bytes = Buffer.from(whole);
    // The type of pictures, and a length up to the end of the file and beyond.
    bytes.fill(0xf9, at, end).set([9, 0x7f, 0xff, 0xff], at);
    const damage = await damageOf("garbage.flv", bytes);
    const what = "behind a hole of the file nothing more can be read";
    assert.deepEqual(
      damage.map((one) => one.what),
      [what],
    );
    const [{ fromSeconds, toSeconds }] = damage as [Damage];
    assert.ok(Math.abs(fromSeconds - time) < 0.13 && Math.abs(toSeconds - 6) < 0.1, JSON.stringify(damage));
    const message = `"garbage.flv" is damaged at 0:03 (${what}), for 2.4 s or 40 % of its length, and at most 2 % is accepted; to process it anyway, raise maxDamagedShare.`;
    await assert.rejects(damageOf("garbage.flv", bytes, 0.02), { name: "InputError", message });
  });

  it("is damaged behind a tag that says that it is longer than the file", async () => {
    const { at, time } = pictureTags()[90]!;
    const bytes = Buffer.from(whole);
    bytes[at + 1] = 0x20;
    const damage = await damageOf("size.flv", bytes);
    const { fromSeconds = NaN, toSeconds } = damage.find(({ what }) => what.startsWith("behind a hole")) ?? {};
    assert.ok(Math.abs(fromSeconds - time) < 0.17 && Math.abs((toSeconds ?? NaN) - 6) < 0.1, JSON.stringify(damage));
  });

  it("of which a tag says another codec, lacks its picture", async () => {
    const { at, time } = pictureTags()[90]!;
    const bytes = Buffer.from(whole);
    bytes[at + 11] = 0x2f;
    const damage = await damageOf("codec.flv", bytes);
    assert.equal(damage.length, 1, JSON.stringify(damage));
    const [{ fromSeconds, toSeconds, what }] = damage as [Damage];
    assert.match(what, /^the file has a hole, and pictures up to 0:04\.0 may be wrong$/);
    assert.ok(
      Math.abs(fromSeconds - time) < 0.13 && Math.abs(toSeconds - fromSeconds - 0.04) < 0.002,
      JSON.stringify(damage),
    );
  });

  it("of a single byte is damaged there, whether ffmpeg drops the picture or shows what is left", async () => {
    const { at, time } = pictureTags()[90]!;
    const bytes = Buffer.concat([whole.subarray(0, at + 20), whole.subarray(at + 21)]);
    const damage = await damageOf("byte.flv", bytes);
    const shown = damage.filter(({ what }) =>
      /^(the file has a hole|1 picture lacks a part), and pictures /.test(what),
    );
    assert.ok(shown.length === 1 && Math.abs(shown[0]!.fromSeconds - time) < 0.13, JSON.stringify(damage));
  });

  /** A tag of pictures of H.264, or of another codec. */
  const tag = (bytes: number, { repeated = bytes + 11, codec = 7, time = 0 } = {}): Buffer => {
    const made = Buffer.alloc(11 + bytes + 4);
    made[0] = 9;
    made.writeUIntBE(bytes, 1, 3);
    made.writeUIntBE(time, 4, 3);
    if (bytes > 0) made[11] = 0x20 | codec;
    made.writeUInt32BE(repeated, 11 + bytes);
    return made;
  };
  const reader =
    (bytes: Buffer) =>
    (start: number, length: number): Promise<Buffer> =>
      Promise.resolve(bytes.subarray(start, start + length));
  const find = (...parts: Buffer[]): Promise<BrokenTag[]> => {
    const bytes = Buffer.concat(parts);
    return findBrokenTags(reader(bytes), { from: 0, to: bytes.length });
  };

  for (const [what, parts, expected] of [
    ["tags that follow each other lack nothing", [tag(20), tag(0), tag(20)], []],
    [
      "a tag with another length behind it isn't whole, and its picture is decoded at its time",
      [tag(20), tag(30, { repeated: 40, time: 80 }), tag(20)],
      [{ from: 35, to: 80, decoded: 80 }],
    ],
    [
      "nor is one that reaches into the next",
      [tag(20), tag(30).subarray(0, 25), tag(9)],
      [{ from: 35, to: 60, decoded: 0 }],
    ],
    [
      "its time is no picture's if it is before that of the last one",
      [tag(20, { time: 9 }), tag(8, { repeated: 7 })],
      [{ from: 35, to: 58 }],
    ],
    ["nor is one of which only a part of the header is there", [tag(20), Buffer.alloc(5)], [{ from: 35, to: 40 }]],
    ["garbage ends with the next tag", [tag(20), Buffer.alloc(99, 9), tag(20)], [{ from: 35, to: 134 }]],
    [
      "nothing can be made of a tag of another codec",
      [tag(20), tag(20, { codec: 15 })],
      [{ from: 35, to: 70, decoded: 0 }],
    ],
    ["another file lacks nothing", [tag(20), Buffer.from("FLV\x01\x05\0\0\0\x09\0\0\0\0"), tag(20)], []],
  ] as [string, Buffer[], BrokenTag[]][]) {
    it(what, async () => assert.deepEqual(await find(...parts), expected));
  }

  it("has media behind a hole, but not by what says that pictures end", async () => {
    const has = (...parts: Buffer[]): Promise<boolean> => {
      const bytes = Buffer.concat([Buffer.alloc(2_000_000, 1), ...parts]);
      return hasMedia(reader(bytes), 10, bytes.length);
    };
    assert.equal(await has(tag(20)), true);
    assert.equal(await has(tag(5)), false);
    assert.equal(await has(tag(20).subarray(1)), false);
  });

  it("is looked through once where ranges overlap, and not where the demuxer names no place", () => {
    const ranges = [
      { from: 50, to: 90 },
      { from: NaN, to: 9 },
      { from: 10, to: 30 },
      { from: 20, to: 40 },
    ];
    assert.deepEqual(joinRanges(ranges), [
      { from: 10, to: 40 },
      { from: 50, to: 90 },
    ]);
  });
});
