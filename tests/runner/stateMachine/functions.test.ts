import assert from "node:assert/strict";

import type { Json } from "../../../contract/asl";
import { observe, single } from "./support";

const pass = (output: string): object => single({ Type: "Pass", Output: output, End: true });

describe("functions of Step Functions", () => {
  const FUNCTIONS: [string, Json][] = [
    ["$partition([1,2,3,4,5], 2)", [[1, 2], [3, 4], [5]]],
    ["$partition([], 2)", []],
    ["$range(0, 10, 2)", [0, 2, 4, 6, 8, 10]],
    ["$range(5, 1, -2)", [5, 3, 1]],
    ["$range(3, 3, 1)", [3]],
    ["$hash('a', 'SHA-256')", "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"],
    ["$hash('a', 'MD5')", "0cc175b9c0f1b6a831c399e269772661"],
    ["$random()", 0.25],
    ["$random(1) = $random(1) and $random(1) != $random(2)", true],
    ["$match($uuid(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/).index", 0],
    ["$parse('{\"a\": [1]}')", { a: [1] }],
    ["$millis()", Date.UTC(2026, 0, 1)],
    ["$now()", "2026-01-01T00:00:00.000Z"],
    ["$now('[Y]/[M01]')", "2026/01"],
  ];
  for (const [source, value] of FUNCTIONS) {
    it(source, async () => {
      const { output, cause } = await observe(pass(`{% ${source} %}`), {}, { random: () => 0.25 });
      assert.deepEqual([output, cause], [value, undefined]);
    });
  }

  const ERRORS: [string, string][] = [
    ["$partition([1], 0)", "$partition needs a chunk size that is a positive integer. Received 0."],
    ["$range(1, 2, 0)", "$range needs a step other than 0."],
    ["$range(1, 1001, 1)", "$range yields at most 1000 numbers. From 1 to 1001 there are 1001."],
    ["$hash('a', 'CRC')", "$hash knows MD5, SHA-1, SHA-256, SHA-384, SHA-512. Received CRC."],
  ];
  for (const [source, message] of ERRORS) {
    it(`${source} fails`, async () => {
      const { error, cause } = await observe(pass(`{% ${source} %}`));
      assert.equal(error, "States.QueryEvaluationError");
      assert.ok(cause?.endsWith(`threw an error during evaluation. ${message}`), cause);
    });
  }
});
