import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

import { beginsOf, changing, type ChangingSound, remuxed, unchangedOf } from "./changingSound";
import { FINE } from "./check";
import { describeExact } from "./describeExact";
import { makeAll } from "./inProcess";
import type { Source } from "./sources";

/** In the middle of each section. */
const momentsOf = ({ sections }: ChangingSound): number[] =>
  beginsOf(sections)
    .slice(0, -1)
    .map((begin, index) => begin + (sections[index]?.seconds ?? 1) / 2);

function changes(name: string, file: string, made: ChangingSound, options: Partial<Source> = {}): Source {
  const make = /\.(?:ts|flv)$/.test(file) ? changing(made) : remuxed(made);
  return { name, file, make, like: unchangedOf, heardAt: momentsOf(made), ...options };
}

const rates = (...values: number[]): ChangingSound["sections"] => values.map((rate) => ({ rate }));

/** A copy in which an elementary packet may have frames from before and behind a change. It is heard right behind each change too. */
function grouped(name: string, file: string, made: ChangingSound): Source {
  const behind = beginsOf(made.sections)
    .slice(1, -1)
    .map((begin) => begin + 0.16);
  return changes(name, file, made, { chunks: 1, make: remuxed(made), heardAt: [...behind, ...momentsOf(made)] });
}

/** So few bits that a packet has frames of half a second. */
const WITHIN_PACKETS = {
  options: ["-b:a", "48k"],
  sections: [
    { rate: 48_000, seconds: 1.24 },
    { rate: 32_000, seconds: 1.36 },
    { rate: 44_100, seconds: 1.28 },
    { rate: 24_000 },
  ],
};

/** The first section states the layout, by which the plan goes. */
const SOURCES: Source[] = [
  changes("from stereo to 5.1 and back, in AC-3", "ac3.ts", {
    codec: "ac3",
    sections: [{ channels: 2 }, { channels: 6 }, { channels: 2 }],
  }),
  changes(
    "from 5.1 to stereo and mono, in E-AC-3",
    "eac3.ts",
    {
      codec: "eac3",
      sections: [{ channels: 6, seconds: 1.6 }, { channels: 2, seconds: 0.6 }, { channels: 1 }],
    },
    { channels: [6] },
  ),
  changes(
    "from mono to 5.1 to stereo, in AAC",
    "aac.ts",
    { codec: "aac", sections: [{ channels: 1 }, { channels: 6 }, { channels: 2 }] },
    { channels: [1] },
  ),
  changes(
    "from mono to stereo, in AAC in Matroska",
    "aac.mkv",
    { codec: "aac", sections: [{ channels: 1 }, { channels: 2 }] },
    { channels: [1] },
  ),
  changes("its rate, three times, in AC-3", "rate.ts", {
    codec: "ac3",
    sections: [{ rate: 44_100 }, { rate: 48_000, seconds: 0.52 }, { rate: 32_000, seconds: 0.72 }, { rate: 44_100 }],
  }),
  changes("nine times in three seconds", "often.ts", {
    codec: "ac3",
    sections: Array.from({ length: 10 }, (_, index) => ({ channels: index % 2 === 0 ? 2 : 6, seconds: 0.32 })),
  }),
  changes("its rate down and up, in AAC", "rates.ts", {
    codec: "aac",
    sections: rates(48_000, 32_000, 44_100, 24_000, 48_000),
  }),
  changes("its rate up, in AAC with a frame in each packet", "single.ts", {
    ...{ codec: "aac", options: ["-pes_payload_size", "0"] },
    sections: rates(32_000, 48_000, 44_100),
  }),
  changes("its rate, in AAC with LATM", "latm.ts", {
    ...{ codec: "aac", options: ["-mpegts_flags", "latm"] },
    sections: rates(32_000, 48_000),
  }),
  changes("from AAC to HE-AAC and back", "he.ts", {
    codec: "aac",
    sections: [{}, { rate: 24_000, replicated: true }, {}, { rate: 22_050, replicated: true }],
  }),
  changes("from HE-AAC to AAC", "from-he.ts", {
    codec: "aac",
    sections: [{ rate: 24_000, replicated: true }, { rate: 44_100 }],
  }),
  changes("its rate, in MP2", "mp2.ts", {
    codec: "mp2",
    sections: rates(48_000, 32_000, 44_100, 48_000),
  }),
  changes("its rate, in MP3", "mp3.ts", {
    codec: "libmp3lame",
    sections: rates(32_000, 48_000, 24_000, 44_100),
  }),
  grouped("its rate within packets, in AAC", "grouped.ts", { codec: "aac", ...WITHIN_PACKETS }),
  changes("its rate, in MP3 in Matroska", "mp3.mkv", { codec: "libmp3lame", sections: rates(32_000, 48_000, 24_000) }),
  changes("its rate, in MP2 in MP4", "mp2.mp4", { codec: "mp2", sections: rates(44_100, 48_000) }),
  changes("its rate, in E-AC-3 in MP4", "eac3.mp4", { codec: "eac3", sections: rates(48_000, 32_000, 44_100) }),
  changes("its rate and layout at once, in MP3 in FLV", "mp3.flv", {
    ...{ codec: "libmp3lame", container: "flv" },
    sections: [{ rate: 22_050, seconds: 2 }, { rate: 44_100, channels: 1 }, { rate: 22_050 }],
  }),
  changes("its rate and layout at once, in MP2 in Matroska", "mp2.mkv", {
    codec: "mp2",
    sections: [{ rate: 48_000 }, { rate: 44_100, channels: 1 }, { rate: 48_000 }],
  }),
  changes(
    "its rate, which a decoder takes for a time after the end, and its layout, in MP3 in FLV",
    "end.flv",
    { codec: "libmp3lame", container: "flv", sections: [{ rate: 11_025, channels: 1, seconds: 2 }, { rate: 22_050 }] },
    { channels: [1] },
  ),
  changes("its rate and layout, in AAC in FLV", "aac.flv", {
    ...{ codec: "aac", container: "flv" },
    sections: [{ rate: 32_000 }, { rate: 48_000, channels: 1 }, { rate: 44_100 }],
  }),
];

describeExact("sound is in sync with the picture to the end, although it changes", SOURCES, (directory) => {
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
      const path = directory();
      const [source, output] = [join(path, `loud-${first}.ts`), join(path, `loud-${first}`)];
      const tone = ["-f", "lavfi", "-i", "aevalsrc=0.4*sin(2*PI*440*t)|0.4*sin(2*PI*440*t):c=stereo:s=48000:d=4"];
      const sections = [2, 6, 2].map((channels) => ({ channels: first === 2 ? channels : 8 - channels }));
      await changing({ codec: "ac3", sections, tone })(source);
      await makeAll(source, output, { ...FINE, audio: { bitrateKbps: 256, channels: 2, maxTracks: 1 } });
      for (const peak of await peaks(join(output, "mp4/64p.mp4"))) {
        // Newer versions mix AC-3 by the levels that it states, which changes it by 16 %. A wrong mix would be 2.4 times as loud.
        assert.ok(Math.abs(peak - expected) < 0.2 * expected, `${peak} for ${expected}`);
      }
    });
  }
});
