import assert from "node:assert/strict";

import { fitLine } from "../../../cli/output/fitLine";

const RESOURCE = "    videos-compute     ComputeEnvironment  EC2, 0 to 4 vCPUs, 2 desired, optimal";

describe("a line of a table", () => {
  const cases: [columns: number | undefined, lines: string[]][] = [
    [undefined, [RESOURCE]],
    [80, [RESOURCE]],
    [60, ["    videos-compute     ComputeEnvironment", "        EC2, 0 to 4 vCPUs, 2 desired, optimal"]],
    [40, [...["    videos-compute", "        ComputeEnvironment  EC2, 0 to 4", "        vCPUs, 2 desired, optimal"]]],
    [10, ["    videos-compute", "        ComputeEnvironment", "        EC2,", "        0", "        to", "        4"]],
  ];
  for (const [columns, lines] of cases) {
    it(`fits ${columns === undefined ? "without a terminal" : `${columns} columns`}`, () => {
      const fitted = fitLine(RESOURCE, columns).split("\n");
      assert.deepEqual(fitted.slice(0, lines.length), lines);
      if (columns !== 10) assert.equal(fitted.length, lines.length);
    });
  }

  it("keeps a name whole, below the rest", () => {
    const name = "a".repeat(60);
    assert.equal(fitLine(`FAILED     2026-01-02  0:21  ${name}`, 40), `FAILED     2026-01-02  0:21\n    ${name}`);
  });
});
