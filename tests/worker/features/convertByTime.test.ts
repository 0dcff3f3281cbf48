import assert from "node:assert/strict";

import type { Plan, PlanSource, SourceColour } from "../../../contract/plan";
import { convertByTime } from "../../../worker/features/convertByTime";
import { colourAt } from "../../../worker/video/filters/colourAt";

const coded = (matrix: string): SourceColour => {
  return { bitDepth: 8, matrix, primaries: "bt709", transfer: "bt709", fullRange: false };
};
const BT601 = coded("smpte170m");
const COLOURS = [{ from: 90_000 }, { from: 180_000, colour: BT601 }, { from: 270_000 }];

function graph(source: Partial<PlanSource>): string {
  const plan = { source: { timeBase: [1, 90_000], ...source }, timeline: { origin: 90_000, timescale: 90_000 } };
  return convertByTime(plan as unknown as Plan, "x", (colour) => ["first", colour?.matrix ?? "usual"]);
}

describe("convertByTime", () => {
  it("is one chain of filters where all colours are coded alike", () => {
    assert.equal(graph({ colour: BT601 }), "first,smpte170m");
    assert.equal(graph({}), "first,usual");
  });

  it("gives each picture the filters of its time", () => {
    assert.equal(
      graph({ colours: COLOURS }),
      "split=2[x_in_0][x_in_1];[x_in_0]select='(lt(t,0.999994)+gte(t,1.999994))',first,usual[x_out_0];" +
        "[x_in_1]select='gte(t,0.999994)*lt(t,1.999994)',first,smpte170m[x_out_1];[x_out_0][x_out_1]interleave=2",
    );
  });
});

describe("colourAt", () => {
  it("is the coding of all pictures where there is only one", () => {
    assert.equal(colourAt({ colour: BT601 }, 0), BT601);
  });

  it("is the last coding that has begun, and the first one before", () => {
    const at = (pts: number): SourceColour | undefined => colourAt({ colour: BT601, colours: COLOURS }, pts);
    assert.deepEqual([0, 90_000, 180_000, 269_999, 270_000].map(at), [undefined, undefined, BT601, BT601, undefined]);
  });
});
