import { strict as assert } from "node:assert";
import { AsyncLocalStorage } from "node:async_hooks";

import fc from "fast-check";

import { evaluateNow, parseNow } from "../../../components/trigger/evaluateNow";
import type { Json } from "../../../contract/asl";
import { Evaluator } from "../../../runner/stateMachine/expressions";

const evaluator = new Evaluator({ now: () => Date.now(), random: () => 0.5 });

/** As the state machine does when it runs on this machine. */
async function evaluateLater(code: string, input: Json): Promise<unknown> {
  try {
    return await evaluator.evaluate(`{% ${code} %}`, "Field", "State", { states: { input } });
  } catch {
    return "an error";
  }
}

function evaluateHere(code: string, input: Json): unknown {
  const { value, error } = evaluateNow(code, { input });
  return error !== undefined || value === undefined ? "an error" : value;
}

const CODES = [
  ...["$states.input", "$states.input.a", "$states.input.(b.c)", "$string($states.input)", "$type($states.input)"],
  ...["$keys($states.input)", "$map($states.input.a, function($v, $i) { $i })", "$states.input.a ~> $sum()"],
  ...[
    "$hash('é', 'MD5')",
    "$hash('a', 'SHA-1')",
    "$hash('a', 'SHA-256')",
    "$hash('a', 'SHA-384')",
    "$hash('a', 'SHA-512')",
  ],
  ...[
    "$hash('a', 'none')",
    "$parse('{\"a\": [1, null]}')",
    "$parse('{')",
    "$base64encode('ab')",
    "$base64decode('YWI=')",
  ],
  ...[
    "$partition([1, 2, 3], 2)",
    "$range(1, 10, 3)",
    "$range(5, 1, -2)",
    "$range(2, 1, 1)",
    "$eval('1')",
    "$none",
    "$none()",
  ],
  ...["$random() < 1", "$random(7) < 1", "$length($uuid())", "$error('no')", "1 +", "$length($now())", "$sort([3, 1])"],
];

describe("JSONata that is evaluated at once", () => {
  it("yields what it yields in a state, for any input", async () => {
    const input = fc.oneof(fc.jsonValue(), fc.record({ a: fc.array(fc.nat()), b: fc.record({ c: fc.string() }) }));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...CODES), input, async (code, value) => {
        const given = JSON.parse(JSON.stringify(value)) as Json;
        assert.deepEqual(evaluateHere(code, given), await evaluateLater(code, given), code);
      }),
      { numRuns: 300 },
    );
  });

  it("says what is wrong", () => {
    assert.deepEqual(evaluateNow("$error('No asset.')", {}), { error: "No asset." });
    assert.deepEqual(evaluateNow("$states.none", {}), {});
    assert.deepEqual(parseNow("1 +"), { error: "Unexpected end of expression" });
  });

  it("ends what calls itself forever, also where promises are watched", () => {
    new AsyncLocalStorage().run({}, () => {
      const again = evaluateNow("($f := function() { $f() }; $f())", {});
      assert.deepEqual(again, { error: "It takes more than 1 second." });
      const deeper = evaluateNow("($f := function() { 1 + $f() }; $f())", {});
      assert.deepEqual(deeper, { error: "It is nested more than 1000 levels deep." });
    });
  });
});
