import assert from "node:assert/strict";
import { Readable } from "node:stream";

import type { SoundFrame } from "../../../../worker/source/sound/frames";
import { findVorbisChange } from "../../../../worker/source/sound/vorbisSound";
import type { VorbisSetup } from "../../../../worker/source/vorbis/setup";

/** Packets of this setup have a bit for their type, one for silence, and six that are to be 0. */
const SETUP: VorbisSetup = {
  isLimited: false,
  blocks: [256, 2048],
  modes: [
    {
      isLong: true,
      mapping: {
        coupling: [],
        submapOf: [0],
        submaps: [
          {
            floor: (bits) => bits.flag(),
            residue: {
              ...{ isInterleaved: false, begin: 0, end: 0, partition: 1 },
              ...{ classes: { dimensions: 1, tree: new Int32Array(2) }, books: [] },
            },
          },
        ],
      },
    },
  ],
};

const WHOLE = Buffer.from([0b1000]);
const SILENT = Buffer.from([0]);
const CONTRARY = Buffer.from([0b11111000]);
const PADDED = Buffer.from([0b1000, 0, 0]);

type Section = readonly [packets: readonly Buffer[], times: number, rate?: number];

/** What changes in packets of 1024 samples. */
async function change(...sections: readonly Section[]): Promise<string | undefined> {
  const frames: SoundFrame[] = [];
  let time = 0;
  for (const [packets, times, rate = 48_000] of sections) {
    for (const bytes of Array.from({ length: times }, () => packets).flat()) {
      const seconds = Math.round(time * 1000) / 1000;
      frames.push({ bytes, size: bytes.length, seconds, described: frames.length === 0 });
      time += 1024 / rate;
    }
  }
  const found = await findVorbisChange(Readable.from(frames), SETUP);
  return found && `${found.what} after ${found.from.toFixed(1)}`;
}

const SETTINGS = "whose encoder settings change after";

describe("Vorbis under one description", () => {
  for (const [what, expected, ...sections] of [
    ["all packets of a part are contrary", `${SETTINGS} 2.2`, [[WHOLE], 100], [[CONTRARY], 20]],
    [
      "some are",
      `${SETTINGS} 3.1`,
      [[WHOLE], 100],
      [[CONTRARY, CONTRARY, CONTRARY, ...Array<Buffer>(11).fill(WHOLE)], 20],
    ],
    ["there is silence between", `${SETTINGS} 2.2`, [[WHOLE], 100], [[CONTRARY, SILENT, SILENT], 20]],
    ["silence comes before", `${SETTINGS} 2.2`, [[SILENT], 100], [[CONTRARY], 20]],
    ["the rate alone is another", "whose sample rate changes after 2.1", [[WHOLE], 100], [[WHOLE], 100, 44_100]],
  ] as const satisfies readonly (readonly [string, string, ...Section[]])[]) {
    it(`changes if ${what}`, async () => assert.equal(await change(...sections), expected));
  }

  for (const [what, ...sections] of [
    ["packets are whole, silent or padded", [[WHOLE, SILENT, PADDED], 300]],
    ["some in a row are damaged", [[WHOLE], 100], [[CONTRARY], 15], [[WHOLE], 100], [[CONTRARY], 15], [[WHOLE], 100]],
    ["single ones are damaged", [[...Array<Buffer>(19).fill(WHOLE), CONTRARY], 50]],
    ["none agrees from the beginning on", [[CONTRARY], 200]],
    ["packets are lost", [[WHOLE], 100], [[WHOLE], 1, 0.5], [[WHOLE], 100]],
  ] as const satisfies readonly (readonly [string, ...Section[]])[]) {
    it(`doesn't change if ${what}`, async () => assert.equal(await change(...sections), undefined));
  }
});
