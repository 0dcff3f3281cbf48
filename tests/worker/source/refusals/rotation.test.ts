import assert from "node:assert/strict";

import { rotationOf } from "../../../../worker/source/picture/rotation";
import { assertQuarterTurn } from "../../../../worker/source/refusals/rotation";

/** ffprobe counts counter-clockwise. */
const rotated = (rotation: number) => rotationOf({ side_data_list: [{ side_data_type: "Display Matrix", rotation }] });

describe("assertQuarterTurn", () => {
  for (const [rotation, degrees] of [
    [-45, 45],
    [2, 358],
    [-88, 88],
  ] as const) {
    it(`refuses pictures rotated by ${degrees} degrees`, () => {
      assert.throws(() => assertQuarterTurn('"a.mp4"', rotated(rotation)), {
        name: "InputError",
        message: `"a.mp4" says that its pictures are shown rotated by ${degrees} degrees, and only multiples of 90 are supported; export it again with upright pictures.`,
      });
    });
  }

  it("accepts quarter turns, also if they are rounded, and upright pictures", () => {
    for (const rotation of [0, 90, -90, 180, -180, 89, -179, 1]) assertQuarterTurn("it", rotated(rotation));
    assertQuarterTurn("it", rotationOf({}));
  });
});
