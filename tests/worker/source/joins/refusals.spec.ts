import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { clipDirectory, ffmpeg, makeClip } from "../../../support/clips";
import { readEdited } from "../../../../worker/source/transport/editPackets";
import { FINE } from "../../exactness/check";
import { makeAll } from "../../exactness/inProcess";

const REMEDY =
  "join the recordings with `ffmpeg -fflags +genpts -f concat -safe 0 -i parts.txt -c copy joined.mkv`, where parts.txt has a line `file 'NAME'` for each.";

const MPEG = ["-c:v", "mpeg2video", "-c:a", "mp2"];

/** Each is written twice, one after the other. */
const TWICE: [file: string, what: string, options?: string[]][] = [
  ["disc.mpg", "after 1 second its timestamps go back by 1 second", MPEG],
  ["disc.vob", "after 1 second its timestamps go back by 1 second", [...MPEG, "-f", "vob"]],
  ["stream.flv", "after 1 second another file begins", ["-c", "copy"]],
  ["one.mkv", "after 1 second its timestamps go back by 1 second", ["-c", "copy"]],
  ["browser.webm", "after 1 second its timestamps go back by 1 second", ["-c:v", "libvpx", "-c:a", "libopus"]],
  ["camera.mp4", "after 1 second another file begins", ["-c", "copy"]],
  ["camera.mov", "after 1 second another file begins", ["-c", "copy", "-movflags", "+faststart"]],
  [
    "live.mp4",
    "after 1 second its timestamps go back by 1 second",
    ["-c", "copy", "-movflags", "empty_moov+frag_keyframe"],
  ],
  ["windows.wmv", "after 1 second another file begins", ["-c:v", "wmv2", "-c:a", "wmav2"]],
  ["studio.mxf", "after 1 second another file begins", ["-c:v", "mpeg2video", "-c:a", "pcm_s16le", "-ar", "48000"]],
];

/** Timestamps of one recording that change on the way. */
const CLOCKS: [file: string, sentence: string, options: string[]][] = [
  [
    "jump.flv",
    `holds more than one recording: after 0.5 seconds its timestamps jump ahead by 100 seconds; ${REMEDY}`,
    ["-bsf:v", "setts=ts=TS+100000*gte(N\\,12)", "-bsf:a", "setts=ts=TS+100000*gte(N\\,22)"],
  ],
  [
    "jump.mpg",
    `holds more than one recording: after 0.5 seconds its timestamps jump ahead by 20 seconds; ${REMEDY}`,
    ["-bsf:v", "setts=ts=TS+1800000*gte(N\\,12)", "-bsf:a", "setts=ts=TS+1800000*gte(N\\,22)"],
  ],
];

describe("recordings in one file that can't be joined exactly are refused, with the place and the remedy:", () => {
  let path: string;
  let remove: () => Promise<void>;
  let clip: string;
  before(async () => {
    ({ path, remove } = await clipDirectory());
    const video = ["-c:v", "libx264", "-preset", "ultrafast", "-bf", "0", "-g", "25", "-pix_fmt", "yuv420p"];
    clip = await makeClip(join(path, "clip.mp4"), { seconds: 1, sound: 1.003, video });
  });
  after(() => remove());

  async function assertRefused(file: string, sentence: string): Promise<void> {
    await assert.rejects(makeAll(join(path, file), join(path, `${file} out`), FINE), {
      name: "InputError",
      message: `"${file}" ${sentence}`,
    });
  }

  async function make(file: string, options: readonly string[], from = clip): Promise<Buffer> {
    await ffmpeg("-i", from, ...options, join(path, file));
    return readFile(join(path, file));
  }

  for (const [file, what, options = []] of TWICE) {
    it(`${file}, written twice`, async () => {
      const bytes = await make(file, options);
      await writeFile(join(path, file), Buffer.concat([bytes, bytes]));
      await assertRefused(file, `holds more than one recording: ${what}; ${REMEDY}`);
    });
  }

  for (const [file, sentence, options] of CLOCKS) {
    it(`${file}, whose clock jumps`, async () => {
      await make(`plain-${file}`, file.endsWith("mpg") ? MPEG : ["-c", "copy"]);
      await make(file, ["-c", "copy", ...options], join(path, `plain-${file}`));
      await assertRefused(file, sentence);
    });
  }

  it("again.flv, whose recorder began again four seconds later, with the headers of its streams", async () => {
    const first = await make("again.flv", ["-c", "copy"]);
    const later = await make("later.flv", ["-c", "copy", "-output_ts_offset", "5"]);
    // Behind the header of the file, and the length of the tag before the first one.
    await writeFile(join(path, "again.flv"), Buffer.concat([first, later.subarray(13)]));
    await assertRefused(
      "again.flv",
      `holds more than one recording: after 1 second its timestamps jump ahead by 4 seconds; ${REMEDY}`,
    );
  });

  it("back.flv, whose clock goes back so far that ffmpeg takes it for one that wrapped", async () => {
    const later = await make("back.flv", ["-c", "copy", "-output_ts_offset", "200"]);
    const first = await make("first.flv", ["-c", "copy"]);
    await writeFile(join(path, "back.flv"), Buffer.concat([later, first.subarray(13)]));
    await assertRefused(
      "back.flv",
      `holds more than one recording: after 1 second its timestamps go back by 201 seconds; ${REMEDY}`,
    );
  });

  it("codec.ts, which continues in another codec with other PIDs", async () => {
    const first = await make("codec.ts", ["-c", "copy"]);
    const second = await make("second.ts", [...MPEG, "-mpegts_start_pid", "500"]);
    await writeFile(join(path, "codec.ts"), Buffer.concat([first, second]));
    await assertRefused(
      "codec.ts",
      "continues in another codec after 1 second; convert its parts to the same codec and join them again.",
    );
  });

  it("same.ts, which continues in another codec with the same PIDs", async () => {
    const first = await make("same.ts", MPEG);
    const second = await make("second.ts", ["-c", "copy"]);
    await writeFile(join(path, "same.ts"), Buffer.concat([first, second]));
    const place = `${Number((first.length / 1e6).toFixed(1))} MB`;
    await assertRefused(
      "same.ts",
      `continues in another codec after ${place}; convert its parts to the same codec and join them again.`,
    );
  });

  it("moved.ts, whose packets are no longer in line after the first recording", async () => {
    const first = await make("moved.ts", ["-c", "copy"]);
    await writeFile(join(path, "moved.ts"), Buffer.concat([first, first.subarray(100), first.subarray(0, 100)]));
    await assertRefused(
      "moved.ts",
      `holds more than one recording: after 1 second its timestamps go back by 1 second; ${REMEDY}`,
    );
  });

  for (const [what, other, pid] of [
    ["pictures", "sound", 256],
    ["sound", "pictures", 257],
  ] as const) {
    it(`${what}.ts, of which only the ${what} goes back`, async () => {
      const whole = await make(`whole-${what}.ts`, ["-c", "copy"]);
      const edits = [{ pid, from: 188 * Math.floor(whole.length / 376), ticks: -0.8 * 90_000 }];
      const reader = (start: number, length: number) => Promise.resolve(whole.subarray(start, start + length));
      const read = await readEdited(reader, whole.length, edits);
      await writeFile(join(path, `${what}.ts`), await read(0, whole.length));
      await assert.rejects(makeAll(join(path, `${what}.ts`), join(path, `${what} out`), FINE), {
        name: "InputError",
        message: new RegExp(
          `^"${what}\\.ts" has ${what} whose timestamps go back by 0\\.8 seconds after 0\\.\\d seconds, while those of its ${other} continue; export or record it again\\.$`,
        ),
      });
    });
  }

  const FRAGMENTS = ["-movflags", "+empty_moov+frag_keyframe+default_base_moof"];
  it("size.mp4, among whose fragments another file begins with another size", async () => {
    const first = await make("first.mp4", ["-c", "copy", ...FRAGMENTS]);
    const small = ["-vf", "scale=96:64", "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "copy"];
    const second = await make("small.mp4", [...small, ...FRAGMENTS]);
    await writeFile(join(path, "size.mp4"), Buffer.concat([first, oneSecondLater(second)]));
    const place = `${Number((first.length / 1e6).toFixed(1))} MB`;
    await assertRefused(
      "size.mp4",
      `holds more than one recording: after ${place} another file begins whose tracks aren't encoded as those of the first; convert its parts to the same codecs and join them again.`,
    );
  });

  it("but not again.mp4, among whose fragments another file begins with the same tracks", async () => {
    const first = await make("again.mp4", ["-c", "copy", ...FRAGMENTS]);
    await writeFile(join(path, "again.mp4"), Buffer.concat([first, oneSecondLater(first)]));
    const { source } = await makeAll(join(path, "again.mp4"), join(path, "again out"), FINE);
    assert.equal(source.frames, 50);
    assert.ok(Math.abs(source.durationSeconds - 2) < 0.1, `${source.durationSeconds} s`);
  });

  it("the remedy joins them", async () => {
    for (const [file, , options = []] of TWICE.filter(([name]) => /disc.mpg|webm|live/.test(name))) {
      await make(`part-${file}`, options);
      const line = `file '${join(path, `part-${file}`)}'\n`;
      await writeFile(join(path, "parts.txt"), line + line);
      const [, before = "", after = ""] = /`(ffmpeg .*)parts\.txt(.*)joined\.mkv`/.exec(REMEDY) ?? [];
      const words = (text: string): string[] => text.split(" ").filter((word) => word !== "" && word !== "ffmpeg");
      await ffmpeg(...words(before), join(path, "parts.txt"), ...words(after), join(path, "joined.mkv"));
      const plan = await makeAll(join(path, "joined.mkv"), join(path, `joined ${file} out`), FINE);
      assert.equal(plan.source.frames, 50, file);
      assert.ok(Math.abs(plan.source.durationSeconds - 2) < 0.1, `${file}: ${plan.source.durationSeconds} s`);
    }
  });
});

/** Fragments of an MP4 that are decoded a second later. */
function oneSecondLater(movie: Buffer): Buffer {
  const moved = Buffer.from(movie);
  const places = (type: string): number[] => {
    const found: number[] = [];
    for (let at = movie.indexOf(type); at >= 0; at = movie.indexOf(type, at + 4)) found.push(at + 4);
    return found;
  };
  // The ticks of each track, in their order.
  const ticks = places("mdhd").map((at) => movie.readUInt32BE(at + 12));
  const tracks = places("tfhd").map((at) => movie.readUInt32BE(at + 4));
  for (const [index, at] of places("tfdt").entries()) {
    moved.writeBigUInt64BE(movie.readBigUInt64BE(at + 4) + BigInt(ticks[tracks[index]! - 1]!), at + 4);
  }
  return moved;
}
