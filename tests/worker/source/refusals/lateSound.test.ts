import assert from "node:assert/strict";

import type { Probe } from "../../../../worker/source/ffprobe/output";
import { assertNoLateSound, assertNoUnknownSound } from "../../../../worker/source/refusals/lateSound";

const probe = (...kinds: string[]): Probe => ({
  format: { format_name: "flv" },
  streams: kinds.map((codec_type, index) => ({ index, codec_type, time_base: "1/1000" })),
});

/** Tags of so many bytes, each 40 ms after the one before. */
function file(...tags: [type: number, bytes: number][]): Buffer {
  const parts = tags.map(([type, bytes], index) => {
    const tag = Buffer.alloc(11 + bytes + 4);
    tag[0] = type;
    tag.writeUIntBE(bytes, 1, 3);
    tag.writeUIntBE(index * 40, 4, 3);
    tag.writeUInt32BE(11 + bytes, 11 + bytes);
    return tag;
  });
  return Buffer.concat([Buffer.from("FLV\x01\x01\0\0\0\x09\0\0\0\0", "latin1"), ...parts]);
}

async function check(bytes: Buffer, ...kinds: string[]): Promise<number> {
  let reads = 0;
  const read = (start: number, length: number) => {
    reads += 1;
    return Promise.resolve(bytes.subarray(start, start + length));
  };
  await assertNoLateSound('"a.flv"', probe(...kinds), read, bytes.length);
  return reads;
}

describe("sound that ffmpeg doesn't notice", () => {
  const pictures = Array.from({ length: 300 }, (): [number, number] => [9, 10_000]);

  it("is refused, with when it begins and how to keep it", async () => {
    await assert.rejects(check(file(...pictures, [8, 20], [9, 10]), "video"), {
      name: "InputError",
      message:
        '"a.flv" has sound from 12.0 seconds on that its header doesn\'t announce and ffmpeg would omit; remux it with: ffmpeg -fflags +genpts -analyzeduration 1G -probesize 1G -i IN.flv -c copy OUT.mkv.',
    });
  });

  it("is looked for in every tag, some hundred at a time", async () => {
    assert.equal(await check(file(...pictures), "video"), 3);
  });

  it("isn't looked for where sound is known, or in other containers", async () => {
    assert.equal(await check(file(...pictures, [8, 20]), "video", "audio"), 0);
    await assertNoLateSound("a", { ...probe("video"), format: { format_name: "mpegts" } }, () => assert.fail(), 1000);
  });

  it("isn't found in a file that is cut off", async () => {
    assert.equal(await check(file([9, 100], [9, 100]).subarray(0, 140), "video"), 1);
  });

  it("is refused in a program stream too, where it comes after all that a program looks at", () => {
    const known: Probe = {
      format: { format_name: "mpeg", start_time: "0.5" },
      streams: [{ index: 0, codec_type: "video", time_base: "1/90000" }],
    };
    const kinds = new Map([
      [0, "video"],
      [1, "audio"],
    ]);
    const times = { kinds, first: new Map([[1, 90_000 * 70.5]]) };
    assert.throws(() => assertNoUnknownSound('"a.mpg"', known, times), {
      name: "InputError",
      message:
        '"a.mpg" has sound from 70.0 seconds on that its header doesn\'t announce and ffmpeg would omit; remux it with: ffmpeg -fflags +genpts -analyzeduration 1G -probesize 1G -i IN.mpg -c copy OUT.mkv.',
    });
    const both = [...known.streams, { index: 1, codec_type: "audio", time_base: "1/90000" }];
    assertNoUnknownSound("a", { ...known, streams: both }, times);
    assertNoUnknownSound("a", { ...known, format: { format_name: "mpegts" } }, times);
  });
});
