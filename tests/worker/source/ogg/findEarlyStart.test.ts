import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { findEarlyStart } from "../../../../worker/source/ogg/findEarlyStart";
import { movePages } from "../../../../worker/source/ogg/movePages";
import type { Probe } from "../../../../worker/source/ffprobe/output";
import { StreamTimes } from "../../../../worker/source/frames/streamTimes";
import { parsePacket } from "../../../../worker/source/frames/listedPacket";
import { assertPromptFlac } from "../../../../worker/source/refusals/lateFlac";
import { clipDirectory, ffmpeg, ffprobe } from "../../../support/clips";
import { needing } from "../../../support/ffmpegNeeds";
import { encode, gop, picture, sound } from "../../exactness/ingredients";

const CODECS = {
  "VP8 and Opus": ["-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-c:a", "libopus"],
  "Theora and Vorbis": ["-c:v", "libtheora", "-c:a", "libvorbis"],
};

/** Times of pictures and sound in seconds. */
async function listTimes(path: string): Promise<Record<"video" | "audio", number[]>> {
  const lines = await ffprobe(path, "packet=codec_type,pts_time,size");
  const of = (kind: string): number[] =>
    lines.flatMap(([type, seconds, size]) => (type === kind && size !== "0" ? [Number(seconds)] : []));
  return { video: of("video"), audio: of("audio") };
}

describe("an Ogg file that begins before 0", () => {
  let path: string;
  let remove: () => Promise<void>;
  before(async () => ({ path, remove } = await clipDirectory()));
  after(() => remove());

  /** Cuts a piece out of a file, whose times count from another moment than its keyframe. */
  async function cut(
    codecs: readonly string[],
  ): Promise<{ bytes: Buffer; read: (from: number, length: number) => Promise<Buffer> }> {
    const [whole, piece] = [join(path, "whole.ogv"), join(path, "piece.ogv")];
    await encode(picture({ seconds: 4 }), sound(4), gop(50), codecs, ["-f", "ogg"])(whole);
    await ffmpeg("-v", "error", "-ss", "3.2", "-i", whole, "-c", "copy", "-f", "ogg", piece);
    const bytes = await readFile(piece);
    return { bytes, read: (from, length) => Promise.resolve(bytes.subarray(from, from + length)) };
  }

  for (const [what, codecs] of Object.entries(CODECS)) {
    const needs = codecs.filter((word) => word.startsWith("lib")).map((name) => `ffmpeg encoder ${name}` as const);
    needing(...needs).it(`is read from then on: ${what}`, async () => {
      const { bytes, read } = await cut(codecs);
      const found = await findEarlyStart(read, bytes);
      assert.ok(found);
      const moved = movePages(read, bytes.length, found);
      const pieces: Buffer[] = [];
      // Pieces end in the middle of pages.
      for (let at = 0; at < bytes.length; at += 5000) pieces.push(await moved(at, Math.min(5000, bytes.length - at)));
      const file = join(path, "moved.ogv");
      await writeFile(file, Buffer.concat(pieces));
      const { video, audio } = await listTimes(file);
      const distances = video.slice(1).map((seconds, index) => Math.round(1000 * (seconds - (video[index] as number))));
      assert.deepEqual(new Set(distances), new Set([40]));
      const [first = NaN, heard = NaN] = [video[0], audio[0]];
      assert.ok(first > 30 && first < 35, `it begins at ${first}`);
      // The keyframe came 1.2 seconds before the cut, in whole pictures.
      const origin = first + 1.2;
      assert.ok(Math.abs((video.at(-1) as number) - origin - 0.76) < 0.001, `the last picture is at ${video.at(-1)}`);
      assert.ok(
        heard > first - 1 && Math.abs((audio.at(-1) as number) - origin - 0.79) < 0.04,
        `sound ends at ${audio.at(-1)}`,
      );
      assert.equal(
        await findEarlyStart((from, length) => moved(from, Math.min(length, bytes.length - from)), bytes),
        undefined,
      );
    });
  }

  it("is refused with FLAC, whose first page ffmpeg plays from 0", () => {
    const format = { format_name: "ogg" };
    const probed: Probe = {
      format,
      streams: [{ index: 1, codec_type: "audio", codec_name: "flac", time_base: "1/48000" }],
    };
    const check = (second: number): void => {
      const times = new StreamTimes(probed);
      const pages = [0, second, second + 48_000];
      for (const [page, begin] of pages.entries()) {
        for (const at of [0, 24_000]) {
          const cells = ["audio", 1, begin + at, begin + at, 24_000, 900, 5000 * page, "K__"];
          times.add(parsePacket(cells.join())!);
        }
      }
      assertPromptFlac('"a.ogv"', probed, times);
    };
    check(48_000);
    assert.throws(() => check(240_000), {
      name: "InputError",
      message:
        '"a.ogv" has FLAC sound that doesn\'t begin at 0, of which ffmpeg plays the first 1.0 seconds too early; cut it out again with `ffmpeg -ss START -i ORIGINAL -c:v copy -c:a libvorbis OUT.ogv`.',
    });
  });
});
