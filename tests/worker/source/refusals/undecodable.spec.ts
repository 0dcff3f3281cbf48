import assert from "node:assert/strict";
import { access, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { LADDER_VARIABLE, type Plan } from "../../../../contract/plan";
import { makeOrder } from "../../../../worker/plan/makeOrder";
import { NOTHING_MISSING, withMissingSound } from "../../../../worker/publish/manifest/missing";
import { metadata } from "../../../../worker/commands/metadata";
import { pathOf } from "../../../../worker/ffmpeg/program";
import { ProgressReport } from "../../../../worker/ffmpeg/progress";
import { remedy } from "../../../../worker/ffmpeg/remedy";
import { storageFor } from "../../../../worker/storage/storageFor";
import { clipDirectory, makeClip } from "../../../support/clips";
import { needing } from "../../../support/ffmpegNeeds";
import { encode, gop, hdr, picture, sound, X264 } from "../../exactness/ingredients";
import { useLadder } from "../../useLadder";
import { LADDER } from "../../workerProcess";

const AV1 = ["-c:v", "libsvtav1", "-preset", "12", "-pix_fmt", "yuv420p"];

describe("streams that can't be decoded", () => {
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

  /** Makes the installed ffmpeg use another decoder than it would choose, and log its calls. */
  async function decodingWith(decoder: string): Promise<() => Promise<string[]>> {
    const file = join(path, `ffmpeg-with${decoder.replaceAll(/\W/g, "-")}`);
    const log = `${file}.log`;
    await writeFile(file, `#!/bin/sh\necho "$@" >> "${log}"\nexec ffmpeg ${decoder} "$@"\n`, { mode: 0o755 });
    process.env["FFMPEG_PATH"] = file;
    // Calls that only ask for its version and features don't count.
    const queries = /-(?:codecs|filters|version)$/;
    return async () =>
      (await readFile(log, "utf8"))
        .trim()
        .split("\n")
        .filter((call) => !queries.test(call));
  }

  async function runMetadata(file: string, maxDamagedShare = 0.02): Promise<void> {
    const [input, output] = [`file://${join(path, file)}`, `file://${join(path, `${file} out`)}`];
    const job = { input, output, index: 0, maxDamagedShare };
    const stores = { source: storageFor(job.input), target: storageFor(job.output) };
    await metadata(job, stores, new ProgressReport(() => undefined));
  }

  /** Expects an error with ffmpeg's own words in the middle, which may differ between versions. */
  async function assertRefused(file: string, before: string, words: RegExp, after: string): Promise<void> {
    await assert.rejects(runMetadata(file), (error: Error) => {
      assert.deepEqual([error.message.slice(0, before.length), error.message.slice(-after.length)], [before, after]);
      assert.match(error.message.slice(before.length, -after.length), words);
      // Another attempt would find the same ffmpeg.
      assert.equal(error.name, "InputError");
      return true;
    });
    await assert.rejects(access(join(path, `${file} out`)), { code: "ENOENT" });
  }

  it("decodes the first picture and sound in one run of ffmpeg", async () => {
    const calls = await decodingWith("-nostdin");
    await makeClip(join(path, "good.mp4"), { sound: true });
    await runMetadata("good.mp4");
    const decoding = (await calls()).filter((args) => args.includes("framecrc") && !args.includes("-c copy"));
    // The second reads none of the source's streams, but frames of mono AAC, which it looks through for other channels.
    const [first = "", frames = "", ...others] = decoding;
    assert.deepEqual(others, []);
    assert.match(
      first,
      / -t 60\.000 -i http:\S+ -map 0:0 \S+ \S+ -frames 1 \S+ \S+ pipe:1 -map 0:1 -frames 1 \S+ \S+ pipe:4$/,
    );
    assert.match(frames, / -protocol_whitelist pipe -f aac -i pipe:0 \S+ \S+ -ac 1 \S+ \S+ pipe:1$/);
  });

  it("refuses video that can't be decoded, although there is a decoder", async () => {
    await encode(picture({ size: "64x64", seconds: 0.4 }), sound(0.4), AV1)(join(path, "av1.mp4"));
    // The decoder of this name works only with certain graphics cards.
    await decodingWith("-c:v av1");
    // ffmpeg 5.1 writes "suppport".
    await assertRefused(
      "av1.mp4",
      `"av1.mp4" can't be decoded: ${process.env["FFMPEG_PATH"]} gets no picture from av1 stream 0 (`,
      /^Your platform doesn't supp+ort hardware accelerated AV1 decoding$/,
      `); if the file plays elsewhere, ${remedy("undecodable")}`,
    );
  });

  it("refuses sound of which nothing can be decoded, and names the track", async () => {
    await encode([...picture({ seconds: 0.4 }), ...sound(0.4)], X264, "-c:a", "aac")(join(path, "deaf.mkv"));
    await decodingWith("-c:a:0 ac3");
    await assertRefused(
      "deaf.mkv",
      `"deaf.mkv" can't be decoded: ${process.env["FFMPEG_PATH"]} gets no sound from aac stream 1 (`,
      /^[A-Z].+[^.]$/,
      `); if the file plays elsewhere, ${remedy("undecodable")}`,
    );
  });

  const wanted: [what: string, maxTracks: number, streams: number[]][] = [
    ["keeps the others", 8, [1, 3]],
    ["takes a later one in its place", 2, [1, 3]],
  ];
  for (const [index, [what, maxTracks, streams]] of wanted.entries()) {
    it(`leaves out and names an audio track that can't be decoded, and ${what}`, async () => {
      const file = `three-${index}.mkv`;
      const maps = ["-map", "0", "-map", "1", "-map", "2", "-map", "3"];
      const tracks = [...picture({ seconds: 0.4 }), ...sound(0.4), ...sound(0.4), ...sound(0.4), ...maps];
      await encode(tracks, X264, "-c:a", "flac", "-c:a:1", "aac")(join(path, file));
      await decodingWith("-c:a:1 ac3");
      process.env[LADDER_VARIABLE] = JSON.stringify({ ...LADDER, audio: { ...LADDER.audio, maxTracks } });
      await runMetadata(file);
      const plan = JSON.parse(await readFile(join(path, `${file} out`, "plan.json"), "utf8")) as Plan;
      assert.deepEqual(
        plan.audio?.map(({ stream }) => stream),
        streams,
      );
      assert.deepEqual(
        plan.missingSound?.map(({ stream }) => stream),
        [2],
      );
      const finding = `Extract Metadata left out stream 2: ${process.env["FFMPEG_PATH"]} gets no sound from aac stream 2 (`;
      const cause = plan.missingSound[0]!.cause;
      assert.equal(cause.slice(0, finding.length), finding);
      assert.ok(cause.endsWith(`); if it plays elsewhere, ${remedy("undecodable")}`), cause);
      // What an order and a manifest say of it.
      assert.deepEqual(makeOrder(plan, []).leftOut, [{ sound: "stream 2", cause }]);
      assert.deepEqual(withMissingSound(plan, NOTHING_MISSING), {
        ...{ renditions: [], features: false, sound: ["stream 2"], causes: [cause] },
      });
    });
  }

  it("refuses a file for which ffprobe can't even open a decoder", async () => {
    const file = join(path, "meta.avi");
    await encode(picture({ seconds: 0.4 }), sound(0.4), "-c:v", "mpeg4", "-c:a", "pcm_s16le")(file);
    const bytes = await readFile(file);
    // The codec number becomes that of MetaSound, which needs a longer header than PCM has.
    bytes.writeUInt8(0x75, bytes.indexOf(Buffer.from("0100020080bb0000", "hex")));
    await writeFile(file, bytes);
    await assertRefused(
      "meta.avi",
      `"meta.avi" can't be decoded by ${pathOf("ffprobe")} (`,
      /^Missing or incomplete extradata$/,
      `); if the file plays elsewhere, ${remedy("undecodable", "ffprobe")}`,
    );
  });

  it("accepts undecodable sound that is not wanted", async () => {
    const tracks = ["-map", "0", "-map", "1", "-map", "2"];
    await encode(picture({ seconds: 0.4 }), sound(0.4), sound(0.4), tracks, X264)(join(path, "more.mkv"));
    await decodingWith("-c:a:1 ac3");
    process.env[LADDER_VARIABLE] = JSON.stringify({ ...LADDER, audio: { ...LADDER.audio, maxTracks: 1 } });
    await runMetadata("more.mkv");
  });

  it("accepts an empty audio track", async () => {
    const empty = ["-filter_complex", "[1:a]atrim=end_sample=0[a]", "-map", "0:v", "-map", "[a]", "-c:a", "pcm_s16le"];
    await encode(picture({ seconds: 0.4 }), sound(0.4), empty, X264)(join(path, "empty.mkv"));
    await runMetadata("empty.mkv");
  });

  it("accepts undecodable data before the first keyframe", async () => {
    const whole = join(path, "whole.ts");
    await encode(picture({ rate: "25", seconds: 2 }), sound(2), X264, gop(25, 2))(whole);
    // The second half begins within a GOP, and within a frame of sound.
    const bytes = await readFile(whole);
    await writeFile(join(path, "joined.ts"), bytes.subarray(188 * Math.floor(bytes.length / 188 / 4)));
    await runMetadata("joined.ts");
  });

  needing("ffmpeg decoder av1").it(
    "refuses HDR that ffprobe can't decode, since its pictures describe the display it was made for",
    async () => {
      const file = join(path, "hdr.mp4");
      const [, marks = ""] = hdr("smpte2084");
      await encode(picture({ size: "64x64", seconds: 0.4 }), "-vf", marks, AV1.slice(0, 4))(file);
      const blind = join(path, "blind-ffprobe");
      const script = `#!/bin/sh\ncase "$*" in *-show_frames*) echo '{"frames":[]}' ;; *) exec ffprobe "$@" ;; esac\n`;
      await writeFile(blind, script, { mode: 0o755 });
      process.env["FFPROBE_PATH"] = blind;
      await assertRefused(
        "hdr.mp4",
        `"hdr.mp4" can't be read: ${blind} gets no picture from av1 stream 0, but ${pathOf("ffmpeg")} does: `,
        /^$/,
        remedy("undecodable", "ffprobe"),
      );
    },
  );

  it("accepts a damaged beginning, if it may be so long", async () => {
    const file = join(path, "damaged.mp4");
    await makeClip(file, { seconds: 2, output: ["-movflags", "+faststart"] });
    const bytes = await readFile(file);
    const media = bytes.indexOf("mdat") + 4;
    await writeFile(file, bytes.fill(0x55, media, Math.floor(media + (bytes.length - media) / 3)));
    await assert.rejects(runMetadata("damaged.mp4"), {
      name: "InputError",
      message:
        '"damaged.mp4" is damaged at 0:00 (25 pictures before the first keyframe can\'t be decoded), for 1 s or 50 % of its length, and at most 2 % is accepted; to process it anyway, raise maxDamagedShare.',
    });
    await runMetadata("damaged.mp4", 0.5);
  });
});
