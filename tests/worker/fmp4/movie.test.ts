import assert from "node:assert/strict";

import fc from "fast-check";

import { box, boxesIn, findBox } from "../../../worker/fmp4/boxes";
import { layOut, type MovieTrack } from "../../../worker/fmp4/movie";
import { type MovieFragment, type Run, SampleTables } from "../../../worker/fmp4/sampleTables";

const BASE = { name: "track", language: 0, enabled: true, timescale: 1000, width: 0, height: 0 };

function track(fragments: MovieFragment[], more: Partial<MovieTrack> = {}): MovieTrack {
  const duration = more.duration ?? sum(fragments.map(ticksOf));
  const counted = SampleTables.counted();
  fragments.forEach((fragment) => counted.add(fragment));
  counted.finish(duration);
  return {
    ...BASE,
    kind: "audio",
    duration,
    sampleDescription: box("stsd"),
    fragments: {
      samples: fragments.map(({ sizes }) => sizes.length),
      bytes: fragments.map(({ sizes }) => sum(sizes)),
      ticks: fragments.map(ticksOf),
    },
    delay: fragments[0]?.compositions[0]?.[1] ?? 0,
    counts: counted.counts,
    readTables: () => Promise.resolve(read(fragments, duration)),
    ...more,
  };
}

function read(fragments: MovieFragment[], duration: number): SampleTables {
  const tables = SampleTables.stored();
  fragments.forEach((fragment) => tables.add(fragment));
  tables.finish(duration);
  return tables;
}

function ticksOf({ durations }: MovieFragment): number {
  return sum(durations.map(([count, value]) => count * value));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function fragment(sizes: number[], durations: Run[], compositions: Run[] = [[sizes.length, 0]]): MovieFragment {
  return { sizes, durations, compositions };
}

async function headOf(...tracks: MovieTrack[]): Promise<Buffer> {
  const { head } = layOut(tracks);
  const pieces: Buffer[] = [];
  for await (const piece of head.pieces()) pieces.push(piece);
  const bytes = Buffer.concat(pieces);
  assert.equal(bytes.length, head.bytes);
  // Behind the index comes the header of the media, with its size in 64 bits.
  assert.equal(bytes.toString("latin1", bytes.length - 12, bytes.length - 8), "mdat");
  return bytes.subarray(0, -16);
}

/** The numbers of a table of the only track, after its version and flags. */
async function table(one: MovieTrack, type: string): Promise<number[] | undefined> {
  const { payload } = findBox(await headOf(one), "moov", "trak", "mdia", "minf", "stbl");
  const found = boxesIn(payload).find((entry) => entry.type === type);
  return (
    found && Array.from({ length: found.payload.length / 4 - 1 }, (_, at) => found.payload.readUInt32BE(4 + 4 * at))
  );
}

describe("layOut", () => {
  it("joins the runs of adjacent fragments", async () => {
    const video = track(
      [
        fragment(
          [9, 2, 3],
          [[3, 40]],
          [
            [1, 80],
            [2, 0],
          ],
        ),
        fragment(
          [8, 1],
          [
            [1, 40],
            [1, 50],
          ],
          [
            [1, 0],
            [1, 40],
          ],
        ),
      ],
      { kind: "video" },
    );
    assert.deepEqual(await table(video, "stts"), [2, 4, 40, 1, 50]);
    assert.deepEqual(await table(video, "ctts"), [3, 1, 80, 3, 0, 1, 40]);
    assert.deepEqual(await table(video, "stsz"), [0, 5, 9, 2, 3, 8, 1]);
    assert.deepEqual(await table(video, "stss"), [2, 1, 4]);
    assert.deepEqual(await table(video, "stsc"), [2, 1, 3, 1, 2, 2, 1]);
  });

  it("lists no shown times if all samples are shown when they are decoded", async () => {
    assert.equal(await table(track([fragment([1], [[1, 40]]), fragment([1], [[1, 40]])]), "ctts"), undefined);
    assert.deepEqual(await table(track([fragment([1, 1], [[2, 40]], [[2, 80]])]), "ctts"), [1, 2, 80]);
  });

  it("makes the last sample last until the end of the track", async () => {
    const last = (durations: Run[], duration: number) =>
      table(track([fragment([1, 1, 1], durations)], { duration }), "stts");
    assert.deepEqual(await last([[3, 40]], 130), [2, 2, 40, 1, 50]);
    assert.deepEqual(
      await last(
        [
          [2, 40],
          [1, 30],
        ],
        120,
      ),
      [1, 3, 40],
      "the last one has become like the others",
    );
    assert.deepEqual(
      await last(
        [
          [1, 20],
          [1, 40],
          [1, 30],
        ],
        105,
      ),
      [3, 1, 20, 1, 40, 1, 45],
    );
    assert.deepEqual(await last([[3, 40]], 110), [1, 3, 40], "a track that is shown for less");
  });

  it("orders fragments by the time at which they are decoded, the first track before the others", () => {
    const video = track([2000, 2000, 500].map((ticks, index) => fragment([10 + index], [[1, ticks]])));
    const audio = track(
      [48_000, 144_000].map((ticks, index) => fragment([20 + index], [[1, ticks]])),
      { timescale: 48_000 },
    );
    const placed = [...layOut([video, audio]).placements()].map(({ track: one, bytes }) => [one, bytes]);
    assert.deepEqual(placed, [
      [0, 10],
      [1, 20],
      [1, 21],
      [0, 11],
      [0, 12],
    ]);
  });

  it("states where each fragment is in the file", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(someTrack(), { minLength: 1, maxLength: 3 }), async (all) => {
        const tracks = all.map((fragments) => track(fragments));
        const { head, placements, bytes } = layOut(tracks);
        const starts = tracks.map((): number[] => []);
        let at = head.bytes;
        for (const placement of placements()) {
          starts[placement.track]!.push(at);
          at += placement.bytes;
        }
        assert.equal(at, bytes);
        const traks = boxesIn(findBox(await headOf(...tracks), "moov").payload).filter(({ type }) => type === "trak");
        const offsets = traks.map(({ payload }) => {
          const co64 = findBox(payload, "mdia", "minf", "stbl", "co64").payload;
          return Array.from({ length: co64.readUInt32BE(4) }, (_, index) =>
            Number(co64.readBigUInt64BE(8 + 8 * index)),
          );
        });
        assert.deepEqual(offsets, starts);
      }),
      { numRuns: 30 },
    );
  });

  it("fails if the tables that are read are not those that were counted", async () => {
    const changed = track([fragment([1, 2], [[2, 40]])], {
      readTables: () => Promise.resolve(read([fragment([1, 2, 3], [[3, 40]])], 120)),
    });
    await assert.rejects(headOf(changed), { message: "The tables of track aren't as long as they were." });
  });

  it("has tables of more numbers than fit in one block", async () => {
    const sizes = Array.from({ length: 40_000 }, (_, index) => index);
    const [, count, ...read] = (await table(track([fragment(sizes, [[40_000, 1]])]), "stsz")) ?? [];
    assert.equal(count, 40_000);
    assert.deepEqual(read, sizes);
  });
});

function someTrack(): fc.Arbitrary<MovieFragment[]> {
  const one = fc
    .array(fc.tuple(fc.nat(1000), fc.integer({ min: 1, max: 2000 })), { minLength: 1, maxLength: 4 })
    .map((samples) =>
      fragment(
        samples.map(([size]) => size),
        samples.map(([, ticks]): Run => [1, ticks]),
      ),
    );
  return fc.array(one, { minLength: 1, maxLength: 5 });
}
