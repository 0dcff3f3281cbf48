import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

import { clipDirectory, ffprobe } from "../../support/clips";
import { FINE } from "./check";
import { encode, gop, picture, sound, X264 } from "./ingredients";
import { makeAll } from "./inProcess";

/** Few pictures, but more of them than ffmpeg looks at before it has to know what is in a file. */
const [SECONDS, BEGIN] = [72, 66];
const pictures = (filter = "") => picture({ seconds: SECONDS, rate: "5", filter });
const late = ["-itsoffset", String(BEGIN), ...sound(SECONDS - BEGIN)];
const MPEG2 = ["-c:v", "mpeg2video", "-q:v", "4"];
/** In one chunk, so that it takes little time. */
const LADDER = { ...FINE, parts: [{ seconds: 60 }, {}], chunkSeconds: 60 };

describe("what a file announces and has only after more than a minute", () => {
  let path: string;
  let remove: () => Promise<void>;
  before(async () => ({ path, remove } = await clipDirectory()));
  after(() => remove());

  async function make(file: string): Promise<string> {
    const output = join(path, `${file} out`);
    await makeAll(join(path, file), output, LADDER);
    return join(output, "mp4/64p.mp4");
  }

  /** When a track begins to be heard. */
  async function heardFrom(input: string, track: number): Promise<number> {
    const raw = ["-v", "error", "-i", input, "-map", `0:a:${track}`, "-ac", "1", "-ar", "8000", "-f", "s16le", "-"];
    const { stdout } = await promisify(execFile)("ffmpeg", raw, { encoding: "buffer", maxBuffer: 1 << 24 });
    const samples = new Int16Array(stdout.buffer, stdout.byteOffset, stdout.length >> 1);
    return samples.findIndex((sample) => Math.abs(sample) > 1000) / 8000;
  }

  const assertNear = (actual: number, expected: number, what: string): void =>
    assert.ok(Math.abs(actual - expected) < 0.03, `${what} at ${actual} s`);

  it("sound of a transport stream, beside a track that begins at once", async () => {
    const maps = ["-map", "0", "-map", "1", "-map", "2"];
    await encode(
      pictures(),
      sound(SECONDS),
      late,
      maps,
      X264,
      gop(25),
      "-c:a",
      "mp2",
      "-f",
      "mpegts",
    )(join(path, "second.ts"));
    const made = await make("second.ts");
    assert.equal((await ffprobe(made, "stream=index", "-select_streams", "a")).length, 2);
    assertNear(await heardFrom(made, 0), 0, "the first track");
    assertNear(await heardFrom(made, 1), BEGIN, "the second track");
  });

  it("sound of a program stream", async () => {
    await encode(pictures(",fps=25"), late, MPEG2, gop(12), "-c:a", "mp2", "-f", "vob")(join(path, "late.mpg"));
    assertNear(await heardFrom(await make("late.mpg"), 0), BEGIN, "sound");
  });

  it("pictures of a transport stream, of which the first is shown until then", async () => {
    const later = ["-itsoffset", String(BEGIN), ...picture({ seconds: SECONDS - BEGIN, rate: "5" })];
    await encode(later, sound(SECONDS), X264, gop(25), "-c:a", "mp2")(join(path, "pictures.ts"));
    const made = await make("pictures.ts");
    const shown = (await ffprobe(made, "packet=pts_time", "-select_streams", "v:0")).map(([time]) => Number(time));
    assert.equal(shown.length, 5 * (SECONDS - BEGIN));
    assertNear(shown[0]!, 0, "the first picture");
    assertNear(shown[1]!, BEGIN + 0.2, "the second picture");
  });
});
