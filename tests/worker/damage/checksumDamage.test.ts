import assert from "node:assert/strict";

import { nameBrokenClusters } from "../../../worker/damage/checksumDamage";

const CLOCK = { into: (pts: number) => pts / 1000, nextKeyframe: (pts: number) => Math.ceil(pts / 500) * 500 };
const brokenClusters = [{ from: 2000, to: 2480 }];

describe("nameBrokenClusters", () => {
  it("says up to when pictures may be wrong, and counts for no time", () => {
    assert.deepEqual(nameBrokenClusters({ brokenClusters }, CLOCK, []), [
      {
        ...{ fromSeconds: 2, toSeconds: 2 },
        what: "a checksum doesn't match, and pictures and sound from 0:02.0 to 0:02.5 may be wrong",
      },
    ]);
  });

  it("leaves out those in which damage is named that explains them", () => {
    const hole = { fromSeconds: 2.4, toSeconds: 3, what: "the file has a hole" };
    assert.deepEqual(nameBrokenClusters({ brokenClusters }, CLOCK, [hole]), []);
    assert.equal(nameBrokenClusters({ brokenClusters }, CLOCK, [{ ...hole, fromSeconds: 2.5 }]).length, 1);
  });
});
