import assert from "node:assert/strict";
import { access, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { LADDER_VARIABLE } from "../../../../contract/plan";
import { metadata } from "../../../../worker/commands/metadata";
import { pathOf } from "../../../../worker/ffmpeg/program";
import { ProgressReport } from "../../../../worker/ffmpeg/progress";
import { remedy } from "../../../../worker/ffmpeg/remedy";
import { storageFor } from "../../../../worker/storage/storageFor";
import { clipDirectory, makeClip } from "../../../support/clips";
import { needing } from "../../../support/ffmpegNeeds";
import { encoded, gop, hdr, picture, sound, X264 } from "../../exactness/ingredients";
import { useLadder } from "../../useLadder";
import { LADDER } from "../../workerProcess";

const AV1 = ["-c:v", "libsvtav1", "-preset", "12", "-pix_fmt", "yuv420p"];

describe("whether a source can be decoded", () => {
  let path: string;
  let remove: () => Promise<void>;
  useLadder(LADDER);
  beforeEach(() => {
    process.env[LADDER_VARIABLE] = JSON.stringify(LADDER);
  });
  before(async () => {
    ({ path, remove } = await clipDirectory());
  });
  const installed = { FFMPEG_PATH: process.env["FFMPEG_PATH"], FFPROBE_PATH: process.env["FFPROBE_PATH"] };
  afterEach(() => {
    for (const [name, value] of Object.entries(installed)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });
  after(() => remove());

  /** The installed ffmpeg, which takes another decoder than its own choice, and writes down its calls. */
  async function decodingWith(decoder: string): Promise<() => Promise<string[]>> {
    const file = join(path, `ffmpeg-with${decoder.replaceAll(/\W/g, "-")}`);
    const log = `${file}.log`;
    await writeFile(file, `#!/bin/sh\necho "$@" >> "${log}"\nexec ffmpeg ${decoder} "$@"\n`, { mode: 0o755 });
    process.env["FFMPEG_PATH"] = file;
    // Not those that ask what it is and has.
    const questions = /-(?:codecs|filters|version)$/;
    return async () =>
      (await readFile(log, "utf8"))
        .trim()
        .split("\n")
        .filter((call) => !questions.test(call));
  }

  async function look(file: string): Promise<void> {
    const job = { input: `file://${join(path, file)}`, output: `file://${join(path, `${file} out`)}`, index: 0 };
    const stores = { source: storageFor(job.input), target: storageFor(job.output) };
    await metadata(job, stores, new ProgressReport(() => undefined));
  }

  /** Expects a sentence with the words of ffmpeg in its middle, which may differ from version to version. */
  async function refuses(file: string, before: string, words: RegExp, after: string): Promise<void> {
    await assert.rejects(look(file), (error: Error) => {
      assert.deepEqual([error.message.slice(0, before.length), error.message.slice(-after.length)], [before, after]);
      assert.match(error.message.slice(before.length, -after.length), words);
      // Another attempt would find the same ffmpeg.
      assert.equal(error.name, "InputError");
      return true;
    });
    await assert.rejects(access(join(path, `${file} out`)), { code: "ENOENT" });
  }

  it("is tried with its first picture and sound, in one run of ffmpeg", async () => {
    const calls = await decodingWith("-nostdin");
    await makeClip(join(path, "good.mp4"), { sound: true });
    await look("good.mp4");
    const [call = "", ...others] = (await calls()).filter((args) => args.includes("framecrc"));
    assert.deepEqual(others, []);
    assert.match(
      call,
      / -t 60\.000 -i file:\S+ -map 0:0 \S+ \S+ -frames 1 \S+ \S+ pipe:1 -map 0:1 -frames 1 \S+ \S+ pipe:4$/,
    );
  });

  it("shows in decoding, whatever decoders there are: pictures", async () => {
    await encoded(picture({ size: "64x64", seconds: 0.4 }), sound(0.4), AV1)(join(path, "av1.mp4"));
    // The decoder of that name, which leaves all the work to some graphics cards.
    await decodingWith("-c:v av1");
    // ffmpeg 5.1 writes one p more.
    await refuses(
      "av1.mp4",
      `"av1.mp4" can't be decoded: ${process.env["FFMPEG_PATH"]} gets no picture out of av1 stream 0 (`,
      /^Your platform doesn't supp+ort hardware accelerated AV1 decoding$/,
      `); if the file plays elsewhere, ${remedy("blind")}`,
    );
  });

  it("shows in decoding: sound, of which the track is named", async () => {
    const tracks = [...picture({ seconds: 0.4 }), ...sound(0.4), ...sound(0.4), "-map", "0", "-map", "1", "-map", "2"];
    await encoded(tracks, X264, "-c:a:0", "flac", "-c:a:1", "aac")(join(path, "two.mkv"));
    await decodingWith("-c:a:1 ac3");
    await refuses(
      "two.mkv",
      `"two.mkv" can't be decoded: ${process.env["FFMPEG_PATH"]} gets no sound out of aac stream 2 (`,
      /^[A-Z].+[^.]$/,
      `); if the file plays elsewhere, ${remedy("blind")}`,
    );
  });

  it("shows when ffprobe can't even open a decoder", async () => {
    const file = join(path, "meta.avi");
    await encoded(picture({ seconds: 0.4 }), sound(0.4), "-c:v", "mpeg4", "-c:a", "pcm_s16le")(file);
    const bytes = await readFile(file);
    // The number of PCM with two channels becomes that of MetaSound, which has more to say of itself than is there.
    bytes.writeUInt8(0x75, bytes.indexOf(Buffer.from("0100020080bb0000", "hex")));
    await writeFile(file, bytes);
    await refuses(
      "meta.avi",
      `"meta.avi" can't be decoded by ${pathOf("ffprobe")} (`,
      /^Missing or incomplete extradata$/,
      `); if the file plays elsewhere, ${remedy("blind", "ffprobe")}`,
    );
  });

  it("isn't doubted for sound that is not wanted", async () => {
    const tracks = ["-map", "0", "-map", "1", "-map", "2"];
    await encoded(picture({ seconds: 0.4 }), sound(0.4), sound(0.4), tracks, X264)(join(path, "more.mkv"));
    await decodingWith("-c:a:1 ac3");
    process.env[LADDER_VARIABLE] = JSON.stringify({ ...LADDER, audio: { ...LADDER.audio, maxTracks: 1 } });
    await look("more.mkv");
  });

  it("isn't doubted for a track of sound with nothing in it", async () => {
    const empty = ["-filter_complex", "[1:a]atrim=end_sample=0[a]", "-map", "0:v", "-map", "[a]", "-c:a", "pcm_s16le"];
    await encoded(picture({ seconds: 0.4 }), sound(0.4), empty, X264)(join(path, "empty.mkv"));
    await look("empty.mkv");
  });

  it("isn't doubted for what precedes the first keyframe", async () => {
    const whole = join(path, "whole.ts");
    await encoded(picture({ rate: "25", seconds: 2 }), sound(2), X264, gop(25, 2))(whole);
    // The second half begins within a GOP, and within a frame of sound.
    const bytes = await readFile(whole);
    await writeFile(join(path, "joined.ts"), bytes.subarray(188 * Math.floor(bytes.length / 188 / 4)));
    await look("joined.ts");
  });

  needing("ffmpeg decoder av1").it(
    "is up to ffprobe too, of HDR, which says there for what display it was made",
    async () => {
      const file = join(path, "hdr.mp4");
      const [, marks = ""] = hdr("smpte2084");
      await encoded(picture({ size: "64x64", seconds: 0.4 }), "-vf", marks, AV1.slice(0, 4))(file);
      const blind = join(path, "blind-ffprobe");
      const script = `#!/bin/sh\ncase "$*" in *-show_frames*) echo '{"frames":[]}' ;; *) exec ffprobe "$@" ;; esac\n`;
      await writeFile(blind, script, { mode: 0o755 });
      process.env["FFPROBE_PATH"] = blind;
      await refuses(
        "hdr.mp4",
        `"hdr.mp4" can't be read: ${blind} gets no picture out of av1 stream 0, but ${pathOf("ffmpeg")} does: `,
        /^$/,
        remedy("blind", "ffprobe"),
      );
    },
  );

  it("isn't doubted for a beginning that is damaged", async () => {
    const file = join(path, "damaged.mp4");
    await makeClip(file, { seconds: 2, output: ["-movflags", "+faststart"] });
    const bytes = await readFile(file);
    const media = bytes.indexOf("mdat") + 4;
    await writeFile(file, bytes.fill(0x55, media, Math.floor(media + (bytes.length - media) / 3)));
    await look("damaged.mp4");
  });
});
