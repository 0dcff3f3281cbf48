import { strict as assert } from "node:assert";

import { checkSubnetRanges } from "../../../components/changes/checkSubnetRanges";

const BLOCK = "10.0.0.0/16";

/** The engine's own test is in `tests/engine/changes/subnetRanges.spec.ts`. */
describe("the number of a VPC's zones", () => {
  it("may change where its subnets keep their ranges: between 3 and 4, and between 5 and 6", () => {
    const zones = [1, 2, 3, 4, 5, 6];
    const allowed = zones.flatMap((from) =>
      zones.flatMap((to) => {
        const problems = checkSubnetRanges(
          { cidrBlock: BLOCK, availabilityZones: from },
          { cidrBlock: BLOCK, availabilityZones: to },
        );
        return from !== to && problems.length === 0 ? [[from, to]] : [];
      }),
    );
    assert.deepEqual(allowed, [
      [3, 4],
      [4, 3],
      [5, 6],
      [6, 5],
    ]);
  });

  it("may change together with the VPC's range, and with whether there is a VPC", () => {
    const [two, three] = [2, 3].map((availabilityZones) => ({ cidrBlock: BLOCK, availabilityZones }));
    assert.deepEqual(checkSubnetRanges(two, { ...three!, cidrBlock: "10.1.0.0/16" }), []);
    assert.deepEqual(checkSubnetRanges(undefined, three), []);
    assert.deepEqual(checkSubnetRanges(two, undefined), []);
  });
});
