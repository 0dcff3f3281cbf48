import assert from "node:assert/strict";

import jsonata from "jsonata";

import { enforceLimits, withinLimits } from "../../../runner/stateMachine/evaluationLimits";

describe("the limits of an evaluation", () => {
  async function evaluate(source: string, milliseconds?: number): Promise<unknown> {
    const expression = jsonata(source);
    enforceLimits(expression);
    return expression.evaluate(undefined, withinLimits({ n: 3 }, milliseconds));
  }

  it("leave an expression alone that stays within them", async () => {
    assert.equal(await evaluate("($f := function($i) {$i < 1 ? 0 : $i + $f($i - 1)}; $f($n))"), 6);
    assert.equal(await evaluate("$sum($map([1..500], function($i) {$i * 2}))"), 250_500);
  });

  it("end a function that calls itself too often", async () => {
    await assert.rejects(evaluate("($f := function($i) {1 + $f($i)}; $f(1))"), {
      message: "It is nested more than 1000 levels deep.",
    });
  });

  it("end a function that calls itself for ever", async () => {
    await assert.rejects(evaluate("($f := function($i) {$f($i)}; $f(1))", 50), {
      message: "It takes too long: a function may call itself forever.",
    });
  });

  it("are those of each evaluation alone", async () => {
    const endless = evaluate("($f := function($i) {$f($i)}; $f(1))", 50).catch(() => "ended");
    assert.equal(await evaluate("$n + 1"), 4);
    assert.equal(await endless, "ended");
  });
});
