import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { Damage } from "../../../contract/damage";
import type { Manifest } from "../../../contract/manifest";
import { clipDirectory, ffprobe } from "../../support/clips";
import { FINE } from "./check";
import { encode, gop, picture, sound, X264 } from "./ingredients";
import { makeAll, planOf } from "./inProcess";

const SECONDS = 3;
const made = (video: string[], ...output: string[]) =>
  encode(
    picture({ size: "320x176", seconds: SECONDS, filter: ",noise=alls=12:allf=t" }),
    sound(SECONDS),
    video,
    output,
  );
const PCM = ["-c:a", "pcm_s16le"];

describe("what is overwritten in the middle of a picture is named:", () => {
  let path: string;
  let remove: () => Promise<void>;
  before(async () => ({ path, remove } = await clipDirectory()));
  after(() => remove());

  /** Where the picture that is stored as the 33rd begins, and its bytes. */
  async function placeOf(file: string, stream = "v:0"): Promise<[size: number, position: number]> {
    const packets = await ffprobe(join(path, file), "packet=size,pos", "-select_streams", stream);
    return packets[32]!.map(Number) as [number, number];
  }

  async function change(file: string, to: (bytes: Buffer) => Buffer): Promise<void> {
    await writeFile(join(path, file), to(await readFile(join(path, file))));
  }

  async function overwrite(file: string, fill: number, bytes = 512): Promise<void> {
    const [size, position] = await placeOf(file);
    const at = position + Math.floor((size - bytes) / 2);
    await change(file, (whole) => whole.fill(fill, at, at + bytes));
  }

  async function planned(file: string): Promise<Damage[] | undefined> {
    return (await planOf(join(path, file), join(path, `${file} out`), FINE, 1)).damage;
  }

  const HEVC = [
    "-c:v",
    "libx265",
    "-preset",
    "ultrafast",
    "-crf",
    "16",
    "-x265-params",
    "log-level=0:bframes=0",
    ...gop(25),
  ];
  const CASES: [what: string, file: string, source: (path: string) => Promise<unknown>, what: string][] = [
    ["H.264", "h264.mp4", made([...X264, ...gop(25)]), ", and pictures up to 0:02.0 may be wrong"],
    ["HEVC", "hevc.mp4", made([...HEVC, "-pix_fmt", "yuv420p"]), ", and pictures up to 0:02.0 may be wrong"],
    [
      "VP9",
      "vp9.webm",
      made(["-c:v", "libvpx-vp9", "-b:v", "3M", "-deadline", "realtime", "-cpu-used", "8", ...gop(25)]),
      ", and pictures up to 0:02.0 may be wrong",
    ],
    ["ProRes", "prores.mov", made(["-c:v", "prores_ks"], ...PCM), ""],
  ];
  for (const [what, file, source, spread] of CASES) {
    it(what, async () => {
      await source(join(path, file));
      assert.equal(await planned(file), undefined);
      await overwrite(file, 0);
      assert.deepEqual(await planned(file), [
        { fromSeconds: 1.28, toSeconds: 1.32, what: `1 picture is partly overwritten${spread}` },
      ]);
    });
  }

  it("H.264 in AVI, whose pictures have no times", async () => {
    await made([...X264, "-coder", "1", ...gop(25)], "-c:a", "libmp3lame")(join(path, "h264.avi"));
    await overwrite("h264.avi", 0xff, 1024);
    await makeAll(join(path, "h264.avi"), join(path, "avi out"), FINE, 1);
    const { damage = [] } = JSON.parse(await readFile(join(path, "avi out", "manifest.json"), "utf8")) as Manifest;
    assert.equal(damage.length, 1);
    assert.match(damage[0]!.what, /^the decoder made up parts of 1 picture, and pictures up to /);
    assert.ok(Math.abs(damage[0]!.fromSeconds - 1.28) <= 0.08, JSON.stringify(damage));
  });

  it("MJPEG whose last picture is cut off", async () => {
    await made(
      ["-c:v", "mjpeg", "-q:v", "3", "-pix_fmt", "yuvj420p"],
      "-an",
      "-movflags",
      "+faststart",
    )(join(path, "last.mov"));
    await change("last.mov", (whole) => whole.subarray(0, whole.length - 4000));
    await makeAll(join(path, "last.mov"), join(path, "last out"), FINE, 1);
    const { damage = [] } = JSON.parse(await readFile(join(path, "last out", "manifest.json"), "utf8")) as Manifest;
    assert.ok(
      damage.length > 0 && damage.every(({ fromSeconds, toSeconds }) => fromSeconds === 2.96 && toSeconds === 3),
      JSON.stringify(damage),
    );
  });

  it("sound of MXF that lacks some bytes, or its key", async () => {
    const source = made(["-c:v", "mpeg2video", "-q:v", "3", ...gop(12)], ...PCM);
    await source(join(path, "bytes.mxf"));
    const [size, position] = await placeOf("bytes.mxf", "a:0");
    await change("bytes.mxf", (whole) =>
      Buffer.concat([whole.subarray(0, position + size), whole.subarray(position + size + 7)]),
    );
    assert.deepEqual(await planned("bytes.mxf"), [
      { fromSeconds: 1.28, toSeconds: 1.32, what: "the sound lacks a part" },
    ]);
    await source(join(path, "key.mxf"));
    await change("key.mxf", (whole) => whole.fill(0, position, position + 16));
    assert.deepEqual(await planned("key.mxf"), [
      { fromSeconds: 1.28, toSeconds: 1.32, what: "the file has a hole in its sound" },
    ]);
  });
});
