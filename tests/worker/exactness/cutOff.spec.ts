import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { damagedSeconds } from "../../../contract/damage";
import type { Manifest } from "../../../contract/manifest";
import { clipDirectory, ffprobe } from "../../support/clips";
import { FINE } from "./check";
import { encode, gop, picture, sound, X264 } from "./ingredients";
import { makeAll } from "./inProcess";

const SECONDS = 4;
const MID_FRAME = "the file ends in the middle of a frame";
const source = (...output: string[]) =>
  encode(picture({ seconds: SECONDS }), sound(SECONDS), X264, gop(25, 2), "-c:a", "aac", ...output);

/** Changes the bytes of a file. */
async function change(path: string, edit: (bytes: Buffer) => Buffer): Promise<void> {
  await writeFile(path, edit(await readFile(path)));
}

/** Keeps a share of a file. */
const keep =
  (share: number) =>
  (bytes: Buffer): Buffer =>
    bytes.subarray(0, Math.floor(bytes.length * share));

describe("a file of which a part is missing", () => {
  let path: string;
  let remove: () => Promise<void>;
  before(async () => ({ path, remove } = await clipDirectory()));
  after(() => remove());

  async function make(file: string, maxDamagedShare?: number): Promise<Manifest> {
    const output = join(path, `${file} out`);
    await makeAll(join(path, file), output, FINE, maxDamagedShare);
    return JSON.parse(await readFile(join(output, "manifest.json"), "utf8")) as Manifest;
  }

  const STOPPED: [file: string, output: string[], what: RegExp][] = [
    ["recorder.mkv", ["-live", "1"], new RegExp(`^${MID_FRAME}$`)],
    ["broadcast.ts", ["-f", "mpegts"], new RegExp(`^${MID_FRAME}$`)],
    ["stream.flv", ["-flvflags", "no_duration_filesize"], new RegExp(`^${MID_FRAME}$`)],
    [
      "fragments.mp4",
      ["-movflags", "frag_keyframe+empty_moov+default_base_moof"],
      new RegExp(`^${MID_FRAME}(?:, and its sound \\d\\.\\d seconds before)?$`),
    ],
  ];
  for (const [file, output, what] of STOPPED) {
    it(`because the recorder was stopped, is made as far as it goes: ${file}`, async () => {
      await source(...output)(join(path, file));
      await change(join(path, file), keep(0.7));
      const { damage = [], renditions, source: made } = await make(file);
      assert.ok(
        damage.some((one) => what.test(one.what)),
        JSON.stringify(damage),
      );
      // Versions differ in whether they decode what is there of the last frame.
      assert.ok(
        damagedSeconds(damage) < 0.05 && damage.every(({ fromSeconds }) => made.durationSeconds - fromSeconds < 0.2),
      );
      // Whatever the encoder makes of the clip, 70 % of its bytes have half of its pictures and not all of them.
      assert.ok(renditions[0]!.frames >= 50 && renditions[0]!.frames < 100, `${renditions[0]!.frames} pictures`);
      const sentence = {
        name: "InputError",
        message: `"${file}" is cut off: it ends in the middle of a frame; upload or export it again.`,
      };
      await assert.rejects(make(file, 0), sentence);
    });
  }

  const COMPLETED: [file: string, sentence: RegExp][] = [
    [
      "index.avi",
      /^"index\.avi" is cut off: (?:its index lists 100 frames, and \d+ are there|it ends in the middle of a frame); upload or export it again\.$/,
    ],
    ["length.mkv", /^"length\.mkv" is cut off: it ends in the middle of a frame; upload or export it again\.$/],
    ["length.flv", /^"length\.flv" is cut off: it ends in the middle of a frame; upload or export it again\.$/],
  ];
  for (const [file, message] of COMPLETED) {
    it(`although its header says how long it is, is cut off: ${file}`, async () => {
      await source()(join(path, file));
      await change(join(path, file), keep(0.7));
      await assert.rejects(make(file), { name: "InputError", message });
      assert.ok((await make(file, 0.8)).damage?.length, "and can be made nevertheless");
    });
  }

  it("so that it begins in the middle of a picture, is made from the next keyframe with a time of its own on", async () => {
    const file = join(path, "recorder.mpg");
    const mpeg = ["-c:v", "mpeg2video", "-q:v", "2", ...gop(12, 2), "-c:a", "mp2", "-f", "vob"];
    await encode(picture({ seconds: SECONDS }), sound(SECONDS), mpeg)(file);
    const packets = await ffprobe(file, "packet=pts,pos,flags", "-select_streams", "v:0");
    const keyframes = packets.filter(([, , flags]) => flags?.startsWith("K")).map((cells) => cells.map(Number));
    const [[first = 0] = [], [, within = 0] = [], [begin = 0] = []] = keyframes;
    // A pack with the end of a picture and the beginning of the second keyframe, which have one time.
    await change(file, (bytes) => bytes.subarray(within - (within % 2048)));
    const { renditions, damage } = await make("recorder.mpg");
    assert.equal(renditions[0]!.frames, SECONDS * 25 - (begin - first) / 3600);
    assert.equal(damage, undefined);
  });

  it("at its end, less than is accepted, is named", async () => {
    const file = join(path, "almost.mp4");
    await encode(picture({ seconds: SECONDS }), X264, gop(25, 2), "-movflags", "+faststart")(file);
    await change(file, (bytes) => bytes.subarray(0, bytes.length - 20));
    const { damage = [], renditions } = await make("almost.mp4");
    assert.equal(renditions[0]?.frames, 100);
    assert.ok(damage.length > 0 && damage.every(({ fromSeconds }) => fromSeconds >= 3.84));
  });

  it("because a sector can't be read, is refused with how much, or made with a hole that is named", async () => {
    const file = join(path, "sector.mkv");
    await source()(file);
    await change(file, (bytes) => {
      const middle = Math.floor(bytes.length / 2);
      return bytes.fill(0, middle, middle + 4096);
    });
    await assert.rejects(make("sector.mkv"), {
      name: "InputError",
      message:
        /^"sector\.mkv" is damaged at 0:01 and 0:02 \(the file has a hole in its sound; the file has a hole\), for \d(?:\.\d)? s or \d+ % of its length, and at most 2 % is accepted; to process it anyway, raise maxDamagedShare\.$/,
    });
    const { damage = [], source: made } = await make("sector.mkv", 0.9);
    assert.ok(damage.some(({ what }) => what === "the file has a hole"));
    assert.ok(Math.abs(made.durationSeconds - SECONDS) < 0.1, `${made.durationSeconds} s`);
  });

  it("because packets of a broadcast are lost, is named", async () => {
    const file = join(path, "lost.ts");
    await source("-f", "mpegts")(file);
    // Ten of some pictures in the middle.
    await change(file, (bytes) => {
      const at = Math.floor(bytes.length / 2 / 188) * 188;
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 10 * 188)]);
    });
    const { damage = [] } = await make("lost.ts", 0.5);
    assert.ok(damage.length > 0);
    assert.ok(
      damage.every(({ fromSeconds, toSeconds }) => fromSeconds > 1 && toSeconds < 3.5),
      JSON.stringify(damage),
    );
  });
});
