import assert from "node:assert/strict";

import { assertPlainTracks } from "../../../../worker/source/refusals/matroskaTracks";
import type { Probe } from "../../../../worker/source/ffprobe/output";
import { element } from "../matroska/element";

const [PICTURES, SOUND, TEXT] = [1, 2, 17];
const track = (kind: number, ...others: Buffer[]): Buffer => element(0xae, element(0x83, kind), ...others);

function single(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatBE(value);
  return element(0x23314f, bytes);
}

function double(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return element(0x23314f, bytes);
}

/** 0 is compression, 1 encryption. */
const encoding = (type: number): Buffer => element(0x6d80, element(0x6240, element(0x5032, 1), element(0x5033, type)));

function judge(format: string, ...tracks: Buffer[]): Promise<void> {
  const bytes = Buffer.concat([element(0x1a45dfa3), element(0x18538067, element(0x1654ae6b, ...tracks))]);
  const probed = { format: { format_name: format }, streams: [] } as unknown as Probe;
  return assertPlainTracks('"a.mkv"', probed, (start, length) =>
    Promise.resolve(bytes.subarray(start, start + length)),
  );
}

const MATROSKA = "matroska,webm";
const SCALED = (scale: string): string =>
  `"a.mkv" has a track with a TrackTimestampScale of ${scale}, and only 1 is supported; export it again.`;

const CASES: [what: string, tracks: Buffer[], message?: string][] = [
  ["without any of it", [track(PICTURES), track(SOUND)]],
  ["with a scale of one", [track(PICTURES, single(1)), track(SOUND, double(1))]],
  ["that is compressed", [track(PICTURES, encoding(0))]],
  ["with text that has it", [track(PICTURES), track(TEXT, single(2), encoding(1))]],
  ["of pictures with another scale", [track(PICTURES, single(2))], SCALED("2")],
  ["of sound with another scale", [track(PICTURES), track(SOUND, double(1.001))], SCALED("1.001")],
  [
    "of encrypted pictures",
    [track(PICTURES, encoding(1))],
    '"a.mkv" is encrypted; give the pipeline a file without encryption (DRM).',
  ],
  [
    "of encrypted sound",
    [track(PICTURES), track(SOUND, encoding(1))],
    '"a.mkv" is encrypted; give the pipeline a file without encryption (DRM).',
  ],
];

describe("tracks of Matroska", () => {
  for (const [what, tracks, message] of CASES) {
    it(`${message === undefined ? "are read" : "are refused"}: one ${what}`, async () => {
      if (message === undefined) await judge(MATROSKA, ...tracks);
      else await assert.rejects(judge(MATROSKA, ...tracks), { name: "InputError", message });
    });
  }

  it("aren't looked for in other containers", () => judge("mpegts", track(PICTURES, single(2))));
});
