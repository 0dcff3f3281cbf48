import assert from "node:assert/strict";

import { box, fullBox, uint16, uint32 } from "../../../../worker/fmp4/boxes";
import { readMediaTracks } from "../../../../worker/source/mp4/movie";
import { apertureOf, findCleanApertures } from "../../../../worker/source/picture/cleanAperture";

const [WIDTH, HEIGHT] = [320, 240];
/** Width, height and offsets, as fractions. */
type Numbers = [number, number, number, number, number, number, number, number];

const clap = (...numbers: Numbers): Buffer => box("clap", uint32(...numbers.map((number) => number >>> 0)));

function entry(...boxes: Buffer[]): Buffer {
  return box("avc1", Buffer.alloc(24), uint16(WIDTH, HEIGHT), Buffer.alloc(50), ...boxes);
}

interface Track {
  id?: number;
  version?: number;
  kind?: string;
  shown?: [number, number];
  entries: Buffer[];
}

function track({ id = 1, version = 0, kind = "vide", shown = [WIDTH, HEIGHT], entries }: Track): Buffer {
  const times = Buffer.alloc(version === 1 ? 16 : 8);
  const size = uint32(...shown.map((length) => length * 0x10000));
  const header = fullBox("tkhd", version, 0, times, uint32(id), Buffer.alloc(version === 1 ? 64 : 60), size);
  const handler = fullBox("hdlr", 0, 0, uint32(0), Buffer.from(kind), Buffer.alloc(13));
  const table = box("stbl", fullBox("stsd", 0, 0, uint32(entries.length), ...entries));
  return box("trak", header, box("mdia", handler, box("minf", table)));
}

const file = (...tracks: Buffer[]): Buffer =>
  Buffer.concat([box("ftyp", Buffer.alloc(8)), box("mdat", Buffer.alloc(64)), box("moov", ...tracks)]);

async function aperturesIn(bytes: Buffer) {
  const read = (start: number, length: number) => Promise.resolve(bytes.subarray(start, start + length));
  return findCleanApertures(read, await readMediaTracks({ read, bytes: bytes.length }, bytes.subarray(0, 64)));
}

async function cropOf(numbers: Numbers) {
  const [found, ...others] = await aperturesIn(file(track({ entries: [entry(clap(...numbers))] })));
  assert.deepEqual(others, []);
  return found && (found.crop ?? "none");
}

describe("findCleanApertures", () => {
  it("rounds fractions of pixels as ffmpeg does", async () => {
    assert.deepEqual(await cropOf([320, 1, 180, 1, 0, 1, 0, 1]), { left: 0, top: 30, width: 320, height: 180 });
    assert.deepEqual(await cropOf([303, 1, 231, 1, 0, 1, -5, 2]), { left: 8, top: 2, width: 303, height: 231 });
    assert.deepEqual(await cropOf([911, 3, 200, 1, 1, 3, 20, 1]), { left: 8, top: 40, width: 304, height: 200 });
    assert.deepEqual(await cropOf([320, 1, 240, 1, -1, 2, 0, 1]), { left: 0, top: 0, width: 319, height: 240 });
  });

  it("has no part of pictures where nothing is described, or something outside of them", async () => {
    assert.equal(await cropOf([330, 1, 180, 1, 0, 1, 0, 1]), "none");
    assert.equal(await cropOf([300, 1, 200, 1, 40, 1, 0, 1]), "none");
    assert.equal(await cropOf([300, 1, 200, 1, -40, 1, 0, 1]), "none");
    assert.equal(await cropOf([300, 1, 200, 1, 0, 0, 0, 1]), "none");
    assert.equal(await cropOf([300, 0, 200, 1, 0, 1, 0, 1]), "none");
    assert.equal(await cropOf([0, 1, 200, 1, 0, 1, 0, 1]), "none");
    assert.equal(await cropOf([-300, -1, 200, 1, 0, 1, 0, 1]), "none");
  });

  it("leaves out what describes whole pictures", async () => {
    assert.equal(await cropOf([320, 1, 240, 1, 0, 1, 0, 1]), undefined);
  });

  it("finds every one, with its track and where its type is", async () => {
    const bytes = file(
      track({ kind: "soun", entries: [entry(clap(1, 1, 1, 1, 0, 1, 0, 1))] }),
      // QuickTime ends the boxes of an entry with four zeros.
      track({ id: 7, version: 1, entries: [entry(clap(300, 1, 240, 1, 0, 1, 0, 1), uint32(0)), entry()] }),
      track({ id: 9, entries: [entry(), entry(box("free"), clap(0, 1, 1, 1, 0, 1, 0, 1))] }),
    );
    const found = await aperturesIn(bytes);
    assert.deepEqual(
      found.map((aperture) => aperture.track),
      [7, 9],
    );
    assert.deepEqual(
      found.map(({ at }) => bytes.toString("latin1", at, at + 4)),
      ["clap", "clap"],
    );
  });

  it("takes the shape of pixels from its box, from the size of the track, or from the stream", async () => {
    const aperture = clap(320, 1, 180, 1, 0, 1, 0, 1);
    const pasp = (width: number, height: number): Buffer => box("pasp", uint32(width, height));
    const stream = { index: 0, id: "0x1", time_base: "1/25", sample_aspect_ratio: "8:9" };
    for (const [boxes, shown, pixel] of [
      [
        [aperture, pasp(4, 3)],
        [320, 180],
        [4, 3],
      ],
      [
        [pasp(0, 1), aperture],
        [640, 180],
        [2, 1],
      ],
      [[aperture], [320, 180], [1, 1]],
      [[aperture], [320, 240], [8, 9]],
      [[aperture], [0, 0], [8, 9]],
    ] as [Buffer[], [number, number], [number, number]][]) {
      const found = await aperturesIn(file(track({ shown, entries: [entry(...boxes)] })));
      assert.deepEqual(apertureOf(found, stream), { left: 0, top: 30, width: 320, height: 180, pixel });
      assert.equal(apertureOf(found, { ...stream, id: "0x2" }), undefined);
    }
    const unstated = { ...stream, sample_aspect_ratio: "0:1" };
    assert.deepEqual(
      apertureOf(await aperturesIn(file(track({ entries: [entry(aperture)] }))), unstated)?.pixel,
      [1, 1],
    );
  });

  it("finds none in other files, or behind fragments", async () => {
    const movie = box("moov", track({ entries: [entry(clap(300, 1, 240, 1, 0, 1, 0, 1))] }));
    const head = box("ftyp", Buffer.alloc(8));
    assert.equal((await aperturesIn(Buffer.concat([head, movie]))).length, 1);
    assert.deepEqual(await aperturesIn(Buffer.concat([head, box("moof"), movie])), []);
    assert.deepEqual(await aperturesIn(Buffer.concat([box("RIFF"), movie])), []);
    assert.deepEqual(await aperturesIn(Buffer.concat([head, movie]).subarray(0, 200)), []);
  });
});
