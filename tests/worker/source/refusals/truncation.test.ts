import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { missingBytes } from "../../../../worker/source/refusals/truncation";
import { clipDirectory, makeClip, type ClipOptions } from "../../../support/clips";

/** Cuts begin after this share of the file, so that its headers are complete. */
const FROM = 0.3;
const CUTS = 60;

const small: ClipOptions = { width: 64, height: 36, seconds: 1, sound: true };
const MPEG2 = ["-c:v", "mpeg2video", "-c:a", "mp2"];

/** The containers whose truncation ffmpeg doesn't report. */
const CONTAINERS: [file: string, formatName: string, options: ClipOptions][] = [
  ["clip.ts", "mpegts", small],
  ["clip.m2ts", "mpegts", { ...small, output: ["-mpegts_m2ts_mode", "1", "-f", "mpegts"] }],
  ["clip.flv", "flv", { ...small, output: ["-ar", "44100"] }],
  ["clip.avi", "avi", { ...small, video: ["-c:v", "mpeg4"] }],
  ["clip.asf", "asf", { ...small, video: ["-c:v", "wmv2", "-c:a", "wmav2"] }],
  ["clip.mpg", "mpeg", { ...small, video: MPEG2 }],
  ["clip.vob", "mpeg", { ...small, video: MPEG2 }],
  ["fragments.mp4", "mov,mp4,m4a", { ...small, output: ["-movflags", "frag_keyframe+empty_moov", "-g", "5"] }],
];

describe("missingBytes", () => {
  let path: string;
  let remove: () => Promise<void>;
  before(async () => ({ path, remove } = await clipDirectory()));
  after(() => remove());

  for (const [file, formatName, options] of CONTAINERS) {
    it(`recognises a truncated file by its end: ${file}`, async () => {
      const whole = await readFile(await makeClip(join(path, file), options));
      const isCut = async (bytes: Buffer): Promise<boolean> => {
        const read = (start: number, length: number) => Promise.resolve(bytes.subarray(start, start + length));
        return (await missingBytes(formatName, read, bytes.length)) > 0;
      };
      assert.equal(await isCut(whole), false, "a complete file is accepted");
      let recognised = 0;
      for (let cut = 0; cut < CUTS; cut++) {
        const at = Math.floor(whole.length * (FROM + ((1 - FROM) * cut) / CUTS)) + 1;
        if (await isCut(whole.subarray(0, at))) recognised += 1;
      }
      // A cut may happen to be between two units.
      assert.ok(recognised >= CUTS - 2, `${recognised} of ${CUTS} cuts are recognised`);
    });
  }

  it("doesn't take what is behind the last packet of a transport stream for a part of one", async () => {
    const packet = (): Buffer => Buffer.alloc(188, 0xff).fill(0x47, 0, 1);
    const isCut = async (...parts: Buffer[]): Promise<boolean> => {
      const bytes = Buffer.concat(parts);
      const read = (start: number, length: number) => Promise.resolve(bytes.subarray(start, start + length));
      return (await missingBytes("mpegts", read, bytes.length)) > 0;
    };
    const packets = [packet(), packet(), packet(), packet()];
    assert.equal(await isCut(...packets, Buffer.alloc(100)), false);
    assert.equal(await isCut(...packets, Buffer.alloc(5000)), false);
    assert.equal(await isCut(...packets, packet().subarray(0, 1)), true);
    // Behind a hole.
    assert.equal(await isCut(...packets, packet().subarray(88), ...packets), false);
    assert.equal(await isCut(...packets, packet().subarray(88), ...packets, packet().subarray(0, 10)), true);
  });

  it("does not read other containers, whose truncation ffmpeg reports", async () => {
    assert.equal(await missingBytes("matroska,webm", () => Promise.reject(new Error("read")), 1), 0);
  });
});
