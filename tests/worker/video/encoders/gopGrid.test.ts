import assert from "node:assert/strict";
import { Readable } from "node:stream";

import fc from "fast-check";

import type { Plan } from "../../../../contract/plan";
import type { GopGrid } from "../../../../worker/video/encoders/gopGrid";
import { gopGrid, Places } from "../../../../worker/video/encoders/gopGrid";
import type { Sample } from "../../../../worker/fmp4/readFragmented";
import { withoutRepetitions } from "../../../../worker/video/encoders/withoutRepetitions";

const TIMESCALE = 30_000;
const PLAN = {
  source: { frameRate: [30_000, 1001] },
  timeline: { timescale: TIMESCALE, origin: 0, offset: 0 },
  gopSeconds: 2,
} as unknown as Plan;
const GRID: GopGrid = { pictures: 60, rate: [30_000, 1001] };

/** Times of pictures, each of which is shown for some ticks. */
const times = fc
  .array(fc.integer({ min: 1, max: 90_000 }), { minLength: 1, maxLength: 200 })
  .map((steps) => steps.reduce((all, step) => [...all, (all.at(-1) ?? 0) + step], [0]));

describe("the fixed GOPs of SVT-AV1", () => {
  it("have the pictures of a GOP at the nominal rate, or of the densest GOP if the rate varies", () => {
    assert.deepEqual(gopGrid(PLAN), { pictures: 60, rate: [30_000, 1001] });
    const slow = { ...PLAN, source: { ...PLAN.source, frameRate: [1, 1] } } as Plan;
    assert.deepEqual(gopGrid(slow), { pictures: 8, rate: [1, 1] });
    const slower = { ...PLAN, gopSeconds: 10, source: { ...PLAN.source, frameRate: [1, 4] } } as Plan;
    assert.deepEqual(gopGrid(slower), { pictures: 10, rate: [10, 10] });
    assert.deepEqual(gopGrid({ ...slower, gopPictures: 4 }), { pictures: 10, rate: [10, 10] });
    assert.deepEqual(gopGrid({ ...PLAN, gopPictures: 75 }), { pictures: 75, rate: [75, 2] });
    assert.deepEqual(gopGrid({ ...PLAN, gopPictures: 2000 }), { pictures: 480, rate: [480, 2] });
  });

  it("begin at the first picture in a GOP's time", () => {
    fc.assert(
      fc.property(times, (shown) => {
        const places = new Places(PLAN, GRID);
        let before: { gop: number; place: number } | undefined;
        for (const time of shown) {
          const [gop, place] = [Math.floor((time + 0.5) / TIMESCALE / 2), places.next(time)];
          if (before && gop === before.gop) assert.equal(place, before.place + 1);
          else assert.equal(place % 60, 0);
          assert.ok(place > (before?.place ?? -1));
          before = { gop, place };
        }
      }),
    );
  });

  it("are an error if the filters that count pictures start again", async () => {
    const printed = ["frame:0    pts:0    pts_time:0\n", "frame:0    pts:1001    pts_time:0.03\n"];
    async function* gops(): AsyncGenerator<Sample[]> {
      yield await Promise.resolve([{ pts: 0, duration: 1001, sync: true, data: Buffer.alloc(0) }]);
    }
    const kept = withoutRepetitions(gops(), Readable.from(printed), PLAN, GRID);
    await assert.rejects(kept.next(), {
      name: "InputError",
      message:
        "AV1 can't be made from a video whose picture size changes and that is also interlaced, rotated or HDR; use another codec.",
    });
  });

  it("lose the repetitions that fill them up, and nothing else", async () => {
    await fc.assert(
      fc.asyncProperty(times, async (shown) => {
        const places = new Places(PLAN, GRID);
        const last = shown.map((time) => places.next(time)).at(-1) as number;
        // One more, because ffmpeg repeats the last picture for as long as it is shown.
        const encoded = Array.from({ length: last + 2 }, (_, place): Sample => {
          return { pts: place * 1001, duration: 1001, sync: place % 60 === 0, data: Buffer.alloc(0) };
        });
        async function* gops(): AsyncGenerator<Sample[]> {
          for (let at = 0; at < encoded.length; at += 60) yield await Promise.resolve(encoded.slice(at, at + 60));
        }
        const printed = shown.map((time, index) => `frame:${index}    pts:${time}    pts_time:0\nshown=1\n`);
        const kept: number[] = [];
        for await (const gop of withoutRepetitions(gops(), Readable.from(printed), PLAN, GRID)) {
          assert.ok(gop[0]?.sync);
          kept.push(...gop.map(({ pts }) => pts));
        }
        assert.deepEqual(kept, shown);
      }),
      { numRuns: 30 },
    );
  });
});
