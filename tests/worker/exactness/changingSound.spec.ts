import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

import { clipDirectory, ffmpeg } from "../../support/clips";
import { assertExact, FINE } from "./check";
import { makeAll } from "./inProcess";
import { encode, gop, picture, sound, X264 } from "./ingredients";
import type { Source } from "./sources";

interface Section {
  channels: number;
  rate?: number;
  /** Defaults to a second. */
  seconds?: number;
}

/** A transport stream whose sound changes from section to section. Its tone goes on through them. */
function changing(codec: "ac3" | "eac3" | "aac", sections: readonly Section[], tone = sound(6)) {
  return async (path: string): Promise<void> => {
    const pieces: Buffer[] = [];
    let begin = 0;
    for (const { channels, rate = 48_000, seconds = 1 } of sections) {
      // Versions of ffmpeg differ in what they put into the other channels of 5.1.
      const layout = channels === 6 ? ["-af", "pan=5.1|FL=c0|FR=c1"] : ["-ac", String(channels)];
      const cut = ["-ss", begin.toFixed(3), "-t", String(seconds), ...layout, "-ar", String(rate)];
      // With some time before it, so that what encoders add at the beginning needs no negative times.
      const placed = ["-output_ts_offset", String(begin + 1), "-f", "mpegts", `${path}.piece`];
      await ffmpeg(...tone, ...cut, "-c:a", codec, ...placed);
      pieces.push(await readFile(`${path}.piece`));
      begin += seconds;
    }
    await writeFile(`${path}.sound`, Buffer.concat(pieces));
    const pictures = ["-itsoffset", "2.4", ...picture({ seconds: begin })];
    await encode(pictures, "-copyts", "-i", `${path}.sound`, X264, gop(25), "-c:a", "copy")(path);
  };
}

/** The first of them states the layout, by which the plan goes. */
const SOURCES: Source[] = [
  {
    name: "from stereo to 5.1 and back, in AC-3",
    file: "ac3.ts",
    make: changing("ac3", [{ channels: 2 }, { channels: 6 }, { channels: 2 }]),
  },
  {
    name: "from 5.1 to stereo and mono, in E-AC-3",
    file: "eac3.ts",
    make: changing("eac3", [{ channels: 6, seconds: 1.6 }, { channels: 2, seconds: 0.6 }, { channels: 1 }]),
    channels: [6],
  },
  {
    name: "from mono to 5.1 to stereo, in AAC",
    file: "aac.ts",
    make: changing("aac", [{ channels: 1 }, { channels: 6 }, { channels: 2 }]),
    channels: [1],
  },
  {
    name: "its rate, three times, in AC-3",
    file: "rate.ts",
    make: changing("ac3", [
      { channels: 2, rate: 44_100 },
      { channels: 2, rate: 48_000, seconds: 0.5 },
      { channels: 2, rate: 32_000, seconds: 0.7 },
      { channels: 2, rate: 44_100 },
    ]),
  },
  {
    name: "nine times in three seconds",
    file: "often.ts",
    make: changing(
      "ac3",
      Array.from({ length: 10 }, (_, index) => ({ channels: index % 2 === 0 ? 2 : 6, seconds: 0.32 })),
    ),
  },
];

describe("sound is in sync with the picture to the end, although it changes", function () {
  this.timeout(60_000);
  let path: string;
  let remove: () => Promise<void>;
  before(async () => ({ path, remove } = await clipDirectory()));
  after(() => remove());

  SOURCES.forEach((source, number) => {
    it(source.name, () => assertExact(source, path, join(path, `out-${number}`)));
  });

  /** The loudest sample of each half second but the first, as a share of full scale. */
  async function peaks(input: string): Promise<number[]> {
    const raw = ["-v", "error", "-i", input, "-vn", "-ac", "1", "-ar", "8000", "-f", "s16le", "-"];
    const { stdout } = await promisify(execFile)("ffmpeg", raw, { encoding: "buffer", maxBuffer: 1 << 24 });
    const half = (index: number): Buffer => stdout.subarray(index * 8000, (index + 1) * 8000);
    const loudest = (piece: Buffer): number =>
      Array.from({ length: piece.length / 2 }, (_, index) => Math.abs(piece.readInt16LE(2 * index))).reduce(
        (most, sample) => Math.max(most, sample),
        0,
      );
    return Array.from(
      { length: Math.floor(stdout.length / 8000) - 1 },
      (_, index) => loudest(half(index + 1)) / 32_768,
    );
  }

  for (const [first, expected] of [
    [2, 0.4],
    // The downmix of everything is as quiet as that of 5.1.
    [6, 0.4 / (1 + Math.SQRT2)],
  ] as const) {
    it(`is as loud after a change as before, where the first has ${first} channels`, async () => {
      const [source, output] = [join(path, `loud-${first}.ts`), join(path, `loud-${first}`)];
      const tone = ["-f", "lavfi", "-i", "aevalsrc=0.4*sin(2*PI*440*t)|0.4*sin(2*PI*440*t):c=stereo:s=48000:d=4"];
      const sections = [2, 6, 2].map((channels) => ({ channels: first === 2 ? channels : 8 - channels }));
      await changing("ac3", sections, tone)(source);
      await makeAll(source, output, { ...FINE, audio: { bitrateKbps: 256, channels: 2, maxTracks: 1 } });
      for (const peak of await peaks(join(output, "mp4/64p.mp4"))) {
        // Newer versions mix AC-3 by the levels that it states, which changes it by 16 %. A wrong mix would be 2.4 times as loud.
        assert.ok(Math.abs(peak - expected) < 0.2 * expected, `${peak} for ${expected}`);
      }
    });
  }
});
