import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { clipDirectory, ffmpeg } from "../../../support/clips";
import { FINE } from "../../exactness/check";
import { picture, sound } from "../../exactness/ingredients";
import { planOf } from "../../exactness/inProcess";

describe("the sound of an AVI", () => {
  let path: string;
  let remove: () => Promise<void>;
  before(async () => ({ path, remove } = await clipDirectory()));
  after(() => remove());

  /** The formats of raw frames, as they are written and read. */
  const FORMATS = { ac3: ["ac3", "ac3"], eac3: ["eac3", "eac3"], mp2: ["mp2", "mp3"] } as const;

  /** An AVI whose sound has a second of each rate. */
  async function make(name: string, codec: keyof typeof FORMATS, rates: readonly number[]): Promise<string> {
    const [written, read] = FORMATS[codec];
    const pieces: Buffer[] = [];
    for (const rate of rates) {
      const piece = join(path, `${name}.${rate}`);
      await ffmpeg(...sound(1), "-ar", String(rate), "-c:a", codec, "-f", written, piece);
      pieces.push(await readFile(piece));
    }
    const [raw, file] = [join(path, `${name}.raw`), join(path, name)];
    await writeFile(raw, Buffer.concat(pieces));
    const pictures = picture({ seconds: rates.length });
    await ffmpeg(...pictures, "-f", read, "-i", raw, "-c:v", "mpeg4", "-q:v", "3", "-c:a", "copy", file);
    return file;
  }

  const plan = (file: string) => planOf(file, `${file} out`, FINE);

  for (const codec of ["ac3", "mp2"] as const) {
    it(`is refused if its rate changes, in ${codec}`, async () => {
      const file = await make(`${codec}.avi`, codec, [48_000, 32_000]);
      await assert.rejects(plan(file), ({ name, message }: Error) => {
        const [, seconds] = /after ([\d.]+) seconds/.exec(message) ?? [];
        assert.ok(Math.abs(Number(seconds) - 1) < 0.15, message);
        assert.deepEqual(
          [name, message.replace(`${seconds}`, "1.0")],
          [
            "InputError",
            `"${codec}.avi" has sound whose sample rate changes after 1.0 seconds, and nothing in an AVI says when what follows is heard; export or record it again.`,
          ],
        );
        return true;
      });
    });
  }

  it("is refused if its header squeezes it, and as the refusal says it can be processed", async () => {
    const file = await make("squeezed.avi", "eac3", [48_000, 48_000]);
    await assert.rejects(plan(file), {
      name: "InputError",
      message:
        '"squeezed.avi" has 2.0 seconds of sound that its header squeezes into 0.5. Take it out with `ffmpeg -i IN.avi -map 0:1 -c copy -f data sound`, and join both again with `ffmpeg -i IN.avi -i sound -map 0:v -map 1 -c copy OUT.mkv`.',
    });
    const [raw, made] = [join(path, "sound"), join(path, "again.mkv")];
    await ffmpeg("-i", file, "-map", "0:1", "-c", "copy", "-f", "data", raw);
    await ffmpeg("-i", file, "-i", raw, "-map", "0:v", "-map", "1", "-c", "copy", made);
    const { source } = await plan(made);
    assert.ok(Math.abs(source.durationSeconds - 2) < 0.05, `${source.durationSeconds} s`);
  });

  it("is accepted if its rate doesn't change", async () => {
    const { source } = await plan(await make("same.avi", "ac3", [32_000, 32_000]));
    assert.equal(source.audioStreams.length, 1);
  });
});
